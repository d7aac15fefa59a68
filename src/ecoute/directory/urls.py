"""Pages of the directory. Signing in has its own addresses (``account_urls``)."""

from django.urls import path

from ecoute.directory.views import invitations, people, profile, services, tree_file, undoing

app_name = "directory"
urlpatterns = [
    path("comptes/", people.People.as_view(), name="people"),
    path("comptes/<int:pk>/", people.Person.as_view(), name="person"),
    path("comptes/<int:pk>/fermer/", people.CloseAccount.as_view(), name="close_account"),
    path("comptes/<int:pk>/rouvrir/", people.ReopenAccount.as_view(), name="reopen_account"),
    path(
        "comptes/<int:pk>/second-facteur/retirer/",
        people.RemoveSecondFactor.as_view(),
        name="remove_second_factor",
    ),
    path("comptes/roles/<int:pk>/retirer/", people.TakeRole.as_view(), name="take_role"),
    path("comptes/roles/<int:pk>/droits/", people.GiveRight.as_view(), name="give_right"),
    path("comptes/droits/<int:pk>/retirer/", people.TakeRight.as_view(), name="take_right"),
    path("comptes/annuler/", undoing.Undo.as_view(), name="undo"),
    path("comptes/inviter/", invitations.Invite.as_view(), name="invite"),
    path("comptes/invitations/", invitations.Invitations.as_view(), name="invitations"),
    path("comptes/invitations/<int:pk>/renvoyer/", invitations.ResendInvitation.as_view(), name="resend_invitation"),
    path("comptes/invitations/<int:pk>/annuler/", invitations.RevokeInvitation.as_view(), name="revoke_invitation"),
    path("invitation/<str:token>/", invitations.AcceptInvitation.as_view(), name="accept_invitation"),
    path("services/", services.Services.as_view(), name="services"),
    path("services/nouveau/", services.NewService.as_view(), name="new_service"),
    path("services/<int:pk>/", services.OneService.as_view(), name="service"),
    path("services/<int:pk>/deplacer/", services.MoveService.as_view(), name="move_service"),
    path("services/<int:pk>/reunir/", services.MergeService.as_view(), name="merge_service"),
    path("services/<int:pk>/fermer/", services.CloseService.as_view(), name="close_service"),
    path("services/<int:pk>/rouvrir/", services.ReopenService.as_view(), name="reopen_service"),
    path("services/<int:pk>/ecritures/", services.AddAlias.as_view(), name="add_alias"),
    path("services/ecritures/<int:pk>/oublier/", services.ForgetAlias.as_view(), name="forget_alias"),
    path("services/export.csv", tree_file.ExportTree.as_view(), name="export_tree"),
    path("services/import/", tree_file.ImportTree.as_view(), name="import_tree"),
    path("profil/", profile.Profile.as_view(), name="profile"),
    path("profil/second-facteur/", profile.SecondFactor.as_view(), name="second_factor"),
    path("langue/", profile.set_language, name="set_language"),
]
