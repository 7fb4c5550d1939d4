"""An association's editors: one group with rights in its section and its collection, and nowhere else."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.associations.models import AssociationPage

IN_THE_SECTION = ("add_page", "change_page", "publish_page")
IN_THE_COLLECTION = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
EVERYWHERE = Q(content_type__app_label="wagtailadmin", codename="access_admin") | Q(
    content_type__app_label="wagtail_localize", codename="submit_translation"
)


def name_of(page: AssociationPage) -> str:
    """The group's and the collection's name: the organisation's short name is unique and stays."""
    return f"Association: {page.organisation.slug}"


def give_rights(page: AssociationPage) -> Group:
    """The group of the association's editors with its rights on this page, in this language. Idempotent."""
    group, _created = Group.objects.get_or_create(name=name_of(page))
    group.permissions.add(*Permission.objects.filter(EVERYWHERE))
    for codename in IN_THE_SECTION:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
    collection = _collection(page)
    uploads = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=IN_THE_COLLECTION
    )
    for permission in uploads:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _collection(page: AssociationPage) -> Collection:
    name = name_of(page)
    found = Collection.objects.filter(name=name).first()
    return found or Collection.get_first_root_node().add_child(name=name)
