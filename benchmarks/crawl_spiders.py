"""What the crawl benchmark compares us with: a spider that parses nothing, and the stack of a tutorial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from scrapy import Request, Spider
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from benchmarks import crawl_pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import Response


class BareSpider(Spider):
    """Asks for the pages and looks at none of them."""

    name = "bare"

    def __init__(self, base: str, pages: int) -> None:
        super().__init__()
        self.addresses = [base + crawl_pages.path(number) for number in range(pages)]

    async def start(self) -> AsyncIterator[Request]:
        """All pages."""
        for address in self.addresses:
            yield Request(address)

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:  # noqa: ARG002 -- Scrapy's signature
        """Nothing."""
        return iter(())


class Base(DeclarativeBase):
    """The naive stack's models."""


class Article(Base):
    """The naive stack's table, as a tutorial would have it."""

    __tablename__ = "article"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    author: Mapped[str | None]
    date: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str | None]


def read(html: str, url: str) -> dict[str, Any] | None:
    """An article by trafilatura as it comes, with its metadata."""
    from trafilatura import bare_extraction  # noqa: PLC0415 -- the other stacks' memory is measured without it

    found = bare_extraction(html, url=url, with_metadata=True)
    fields = ("title", "author", "date", "text")
    return {"url": url} | {name: getattr(found, name) for name in fields} if found else None


class NaiveSpider(BareSpider):
    """Reads each page with trafilatura as it comes."""

    name = "naive"

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """The article."""
        if article := read(response.text, response.url):
            yield article


class OrmPipeline:
    """Looks an article up, adds or changes it, and commits."""

    def open_spider(self) -> None:
        """Open the database."""
        engine = sa.create_engine("sqlite:///naive.db")
        Base.metadata.create_all(engine)
        self.session = Session(engine)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """One commit an item."""
        article = self.session.scalars(sa.select(Article).filter_by(url=item["url"])).first()
        if article is None:
            self.session.add(Article(**item))
        else:
            for name, value in item.items():
                setattr(article, name, value)
        self.session.commit()
        return item

    def close_spider(self) -> None:
        """Close the database."""
        self.session.close()
