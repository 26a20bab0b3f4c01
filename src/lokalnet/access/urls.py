from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.usersessions import views as sessions
from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("konto/log-ind/", account.login, name="account_login"),
    path("konto/log-ud/", account.logout, name="account_logout"),
    path("konto/adgangskode/", account.password_change, name="account_change_password"),
    path("konto/to-faktor/", mfa.index, name="mfa_index"),
    path("konto/sessioner/", sessions.list_usersessions, name="usersessions_list"),
    path("mine-opslag/", lambda r: HttpResponse(), name="own_acts"),
    path("medlemskab/", lambda r: HttpResponse(), name="memberships"),
]
