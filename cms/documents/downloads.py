"""Files that people handed in, as downloads."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def download(file: FieldFile, name: str) -> FileResponse:
    """A download, never a page: whatever an upload holds, a browser must not run it in our name.

    ``name`` is what it is saved as; one without an ending gets that of the stored file.
    """
    if "." not in name:
        name = f"{name}.{str(file.name).rpartition('.')[2]}"
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
