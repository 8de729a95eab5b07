"""Articles as files for other programs: a module a format, each with ``write(records, target, job)``.

``formats`` lists them, ``run.export`` writes one with its codebook and manifest. To add a format, write its
module and name it in ``formats.FORMATS``.
"""
