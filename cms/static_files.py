"""Static files in production: compressed, and named by their content, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A phone that keeps a course keeps its scripts by these names; an import by another name would be missing."""

    support_js_module_import_aggregation = True
