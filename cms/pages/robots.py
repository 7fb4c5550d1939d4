from django.http import HttpRequest, HttpResponse


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read all public pages; the sitemap tells them where these are."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
