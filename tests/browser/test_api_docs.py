"""The API's documentation page, in a browser, under its strict Content-Security-Policy."""

from playwright.sync_api import Page, expect


def test_a_developer_reads_the_api(desk: Page) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto("/api/v1/docs")
    expect(desk.get_by_role("heading", name="Bình Yên")).to_be_visible()
    operation = desk.locator(".opblock", has_text="A ward's alerts")
    operation.get_by_role("button").first.click()
    expect(operation.get_by_text("official code of the ward")).to_be_visible()
    here = desk.url.split("/api/")[0]
    assert [url for url in asked if not url.startswith((here, "data:"))] == []
