"""What all tables share: names of constraints, types of columns, keys."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, mapped_column

from crawler.db.types import CleanJSON, CleanText, UTCDateTime

NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

TYPES: Final = {str: CleanText, dt.datetime: UTCDateTime, dict[str, Any]: CleanJSON, list[Any]: CleanJSON}

Key = Annotated[int, mapped_column(primary_key=True)]
SourceKey = Annotated[str, mapped_column(CleanText, sa.ForeignKey("source.key"))]


class Base(DeclarativeBase):
    """The registry of every table."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = TYPES
