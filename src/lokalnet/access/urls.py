"""Addresses of access. allauth's pages are picked by hand: nobody signs up, and e-mail is the administrator's."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from lokalnet.access import choosing, views

ACCOUNT = [
    path("konto/log-ind/", account.login, name="account_login"),
    path("konto/log-ud/", account.logout, name="account_logout"),
    path("konto/lukket/", account.account_inactive, name="account_inactive"),
    path("konto/bekraeft/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/adgangskode/", account.password_change, name="account_change_password"),
    path("konto/adgangskode/ny/", account.password_set, name="account_set_password"),
    path("konto/adgangskode/glemt/", account.password_reset, name="account_reset_password"),
    path("konto/adgangskode/glemt/sendt/", account.password_reset_done, name="account_reset_password_done"),
    re_path(r"^konto/adgangskode/glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key, name="account_reset_password_from_key"),
    path("konto/adgangskode/skiftet/", account.password_reset_from_key_done,
         name="account_reset_password_from_key_done"),
    path("konto/to-faktor/", mfa.index, name="mfa_index"),
    path("konto/to-faktor/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("konto/to-faktor/bekraeft/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/to-faktor/app/til/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/to-faktor/app/fra/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/to-faktor/reservekoder/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/to-faktor/reservekoder/nye/", recovery.generate_recovery_codes,
         name="mfa_generate_recovery_codes"),
    path("konto/to-faktor/reservekoder/hent/", recovery.download_recovery_codes,
         name="mfa_download_recovery_codes"),
    path("konto/sessioner/", sessions.list_usersessions, name="usersessions_list"),
]

urlpatterns = [
    *ACCOUNT,
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("administration/", views.administer, name="administration"),
    path("administration/invitation/<uuid:invitation_id>/traek-tilbage/", views.withdraw_invitation,
         name="withdraw_invitation"),
    path("administration/medlem/<uuid:member_id>/", views.member, name="member"),
    path("administration/medlem/<uuid:member_id>/afslut/", views.end_member, name="end_member"),
    path("administration/noegler/", views.api_keys, name="api_keys"),
    path("administration/noegler/<uuid:key_id>/tilbagekald/", views.revoke_key, name="revoke_key"),
    path("mine-omraader/", choosing.choose_areas, name="own_areas"),
    path("mine-opslag/", views.own_acts, name="own_acts"),
    path("log/", views.log, name="log"),
    path("enheder/", views.own_devices, name="own_devices"),
    path("enheder/par/", views.pair_device, name="pair_device"),
    path("enheder/<uuid:device_id>/tilbagekald/", views.revoke_device, name="revoke_device"),
    path("medlemskab/", views.choose_membership, name="memberships"),
]
