"""Scrapy's own commands, where Hemero needs them to say more."""
