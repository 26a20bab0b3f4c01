"""Who gets what at which door: every URL and method of the service, and every kind of actor.

Read a line as: at this door, with this person as the one who is entitled, each kind of actor gets this. The objects
behind the doors are Anna's, or her organisation's (`opening.py`).

    nobody      no log-in                     entitled   whom the line names
    stranger    Clara: every role, but in     key        an API key of Anna's organisation, in the header
                another partnership           caretaker  Viggo of the housing association
    colleague   same organisation as the      dpo        Dorte, data protection officer in Ballerup
                entitled, without the right

A stranger gets 404 for what exists elsewhere; 403 says no more than which rights one lacks. LOGIN is a redirect to
logging in. A paired phone (its signature on everything it asks) and a one-time link (its address alone) are at every
door like nobody, but at those that `BUT` names.
"""

from tests.doors.opening import LOGIN

# One of allauth's: the link in the mail to whoever has forgotten a password.
RESET = r"^konto/adgangskode/glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
BUT: dict[str, dict[tuple[str, str], int | str]] = {
    "phone": {("enhed/saet.json", "GET"): 200, ("enhed/send/", "POST"): 422, ("enhed/svar.json", "GET"): 200},
    "link": {},
}
KINDS = ("nobody", "stranger", "colleague", "entitled", "key", "caretaker", "dpo")

# (pattern, method, entitled, nobody, stranger, colleague, entitled, key, caretaker, dpo)
DOORS: tuple[tuple[str | int, ...], ...] = (
    # The picture
    ("del/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("del/", "POST", "anna", LOGIN, 422, 403, 422, LOGIN, 422, 403),
    ("del/tjek/", "POST", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("del/ens/", "POST", "anna", LOGIN, 204, 403, 204, LOGIN, 204, 403),
    ("haendelse/<uuid:observation_id>/", "GET", "anna", LOGIN, 404, 403, 200, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/gendan/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/gendan/<uuid:version_id>/", "POST", "anna",
     LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/ikke-set/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/kan-genkendes/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/ret/", "GET", "anna", LOGIN, 404, 403, 200, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/ret/", "POST", "anna", LOGIN, 404, 403, 422, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/saml/", "POST", "adam", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("haendelse/<uuid:observation_id>/set-ogsaa/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/skil/", "POST", "adam", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("haendelse/<uuid:observation_id>/svar/", "POST", "adam", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("haendelse/<uuid:observation_id>/traek-tilbage/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("haendelse/<uuid:observation_id>/vurder/", "POST", "anna", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("mine/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("overblik/dage.json", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("overblik/filtre/", "POST", "anna", LOGIN, 302, 403, 302, LOGIN, 302, 403),
    ("overblik/kategori/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("overblik/kategori/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("overblik/mere/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("overblik/visninger/", "POST", "anna", LOGIN, 302, 403, 302, LOGIN, 302, 403),
    ("overblik/visninger/<uuid:view_id>/slet/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 404, 403),
    ("svar/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("kategorier/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("kategorier/ny/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("kategorier/ny/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("kategorier/<uuid:category_id>/", "GET", "adam", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("kategorier/<uuid:category_id>/", "POST", "adam", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("overblik/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("overblik/kort.json", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("overblik/live", "GET", "anna", 401, 200, 403, 200, 401, 403, 403),
    ("overblik/omraader.json", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    # The data protection officer's desk, the page about the figures, exercises
    ("databeskyttelse/", "GET", "gorm", LOGIN, 200, 403, 200, LOGIN, 403, 200),
    ("databeskyttelse/", "POST", "gorm", LOGIN, 422, 403, 422, LOGIN, 403, 422),
    ("om-tallene/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("oevelse/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("oevelse/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("baggrundskort/kort.pmtiles", "GET", "anna", 404, 404, 404, 404, 404, 404, 404),
    ("baggrundskort/<int:z>/<int:x>/<int:y>", "GET", "anna", 404, 404, 404, 404, 404, 404, 404),
    # The API: a key and nothing else
    ("api/v1/", "GET", "anna", 404, 404, 404, 404, 404, 404, 404),
    ("api/v1/", "POST", "anna", 404, 404, 404, 404, 404, 404, 404),
    ("api/v1/areas", "GET", "anna", 401, 401, 401, 401, 200, 401, 401),
    ("api/v1/categories", "GET", "anna", 401, 401, 401, 401, 200, 401, 401),
    ("api/v1/live", "GET", "anna", 401, 401, 401, 401, 200, 401, 401),
    ("api/v1/observations", "GET", "anna", 401, 401, 401, 401, 200, 401, 401),
    ("api/v1/observations", "POST", "anna", 401, 401, 401, 401, 422, 401, 401),
    ("api/v1/openapi.json", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("api/v1/openapi.json", "POST", "anna", 200, 200, 200, 200, 200, 200, 200),
    # The organisation's access, and the log
    ("administration/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("administration/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("administration/invitation/<uuid:invitation_id>/traek-tilbage/", "POST", "adam",
     LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("administration/medlem/<uuid:member_id>/", "GET", "adam", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("administration/medlem/<uuid:member_id>/", "POST", "adam", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("administration/medlem/<uuid:member_id>/afslut/", "POST", "adam", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("administration/noegler/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("administration/noegler/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("administration/noegler/<uuid:key_id>/tilbagekald/", "POST", "adam", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("invitation/<str:token>/", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("invitation/<str:token>/", "POST", "anna", 422, 200, 200, 200, 422, 200, 200),
    ("log/", "GET", "gorm", LOGIN, 200, 403, 200, LOGIN, 403, 200),
    ("log/", "POST", "gorm", LOGIN, 422, 403, 422, LOGIN, 403, 422),
    ("medlemskab/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("medlemskab/", "POST", "anna", LOGIN, 404, 404, 404, LOGIN, 404, 404),
    ("mine-opslag/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    # One's own log-in (allauth's pages)
    (RESET, "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    (RESET, "POST", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("konto/adgangskode/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/adgangskode/", "POST", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/adgangskode/glemt/", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("konto/adgangskode/glemt/", "POST", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("konto/adgangskode/glemt/sendt/", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("konto/adgangskode/ny/", "GET", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/adgangskode/ny/", "POST", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/adgangskode/skiftet/", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("konto/bekraeft/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/bekraeft/", "POST", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/log-ind/", "GET", "anna", 200, 302, 302, 302, 200, 302, 302),
    ("konto/log-ind/", "POST", "anna", 200, 302, 302, 302, 200, 302, 302),
    ("konto/log-ud/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/log-ud/", "POST", "anna", LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    ("konto/lukket/", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("konto/sessioner/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/sessioner/", "POST", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("konto/to-faktor/app/fra/", "GET", "anna", LOGIN, 404, 404, 404, LOGIN, 404, 404),
    ("konto/to-faktor/app/fra/", "POST", "anna", LOGIN, 404, 404, 404, LOGIN, 404, 404),
    ("konto/to-faktor/app/til/", "GET", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/app/til/", "POST", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/bekraeft/", "GET", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/bekraeft/", "POST", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/kode/", "GET", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/kode/", "POST", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/reservekoder/", "GET", "anna", LOGIN, 404, 404, 404, LOGIN, 404, 404),
    ("konto/to-faktor/reservekoder/hent/", "GET", "anna", LOGIN, 404, 404, 404, LOGIN, 404, 404),
    ("konto/to-faktor/reservekoder/nye/", "GET", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("konto/to-faktor/reservekoder/nye/", "POST", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    # Outdoors: the page that a browser keeps, and what it asks with a log-in or as a paired phone
    ("ude/", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("ude.js", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("manifest.webmanifest", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("ude/saet.json", "GET", "anna", 204, 200, 403, 200, 204, 200, 403),
    ("ude/send/", "POST", "anna", 401, 422, 403, 422, 401, 422, 403),
    ("ude/svar.json", "GET", "anna", 401, 200, 403, 200, 401, 200, 403),
    ("enhed/saet.json", "GET", "anna", 401, 401, 401, 401, 401, 401, 401),
    ("enhed/send/", "POST", "anna", 401, 401, 401, 401, 401, 401, 401),
    ("enhed/svar.json", "GET", "anna", 401, 401, 401, 401, 401, 401, 401),
    ("enheder/", "GET", "anna", LOGIN, 200, 200, 200, LOGIN, 200, 200),
    ("enheder/par/", "POST", "anna", LOGIN, 422, 403, 422, LOGIN, 422, 403),
    ("enheder/<uuid:device_id>/tilbagekald/", "POST", "anna", LOGIN, 404, 404, 302, LOGIN, 404, 404),
    ("mine/stille-uge/", "POST", "anna", LOGIN, 302, 403, 302, LOGIN, 302, 403),
    ("haendelse/<uuid:observation_id>/billede/", "GET", "anna", LOGIN, 404, 403, 200, LOGIN, 404, 403),
    # Files: exports, requests for access to documents, imports
    ("udtraek/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("udtraek/ny/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("udtraek/ny/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("udtraek/<uuid:export_id>/", "GET", "adam", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("udtraek/<uuid:export_id>/slet/", "POST", "adam", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("aktindsigt/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("aktindsigt/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("indlaes/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("indlaes/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("indlaes/<uuid:upload_id>/", "GET", "adam", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("indlaes/<uuid:upload_id>/start/", "POST", "adam", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("indlaes/<uuid:upload_id>/opgiv/", "POST", "adam", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    # Measures: whoever works with the picture; housing and clubs are asked by other ways
    ("indsatser/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("indsatser/ny/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("indsatser/ny/", "POST", "anna", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("indsats/<uuid:measure_id>/", "GET", "anna", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("indsats/<uuid:measure_id>/ret/", "GET", "anna", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("indsats/<uuid:measure_id>/ret/", "POST", "anna", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("indsats/<uuid:measure_id>/trin/", "POST", "anna", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("indsats/<uuid:measure_id>/fjern/<uuid:observation_id>/", "POST", "anna",
     LOGIN, 404, 403, 302, LOGIN, 403, 403),
    ("haendelse/<uuid:observation_id>/indsats/", "POST", "anna", LOGIN, 404, 403, 302, LOGIN, 403, 403),
    # Areas, figures, and whom to ring. Areas belong to nobody: a stranger in a partnership with the same bounds gets
    # the page with the area's name and without anything that others told (tests/situation/test_area_page.py, and of
    # assessments test_assessment_sharing.py).
    ("omraader/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("omraade/<uuid:area_id>/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("vurderinger/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("vurdering/<uuid:area_id>/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("vurdering/<uuid:area_id>/skriv/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("vurdering/<uuid:area_id>/skriv/", "POST", "anna", LOGIN, 422, 403, 422, LOGIN, 422, 403),
    ("tal/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("telefoner/", "GET", "anna", LOGIN, 200, 403, 200, LOGIN, 200, 403),
    ("telefoner/ny/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("telefoner/ny/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("telefoner/<uuid:contact_id>/", "GET", "adam", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("telefoner/<uuid:contact_id>/", "POST", "adam", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    ("vagter/ny/", "GET", "adam", LOGIN, 200, 403, 200, LOGIN, 403, 403),
    ("vagter/ny/", "POST", "adam", LOGIN, 422, 403, 422, LOGIN, 403, 403),
    ("vagter/<uuid:watch_id>/", "GET", "adam", LOGIN, 404, 403, 200, LOGIN, 403, 403),
    ("vagter/<uuid:watch_id>/", "POST", "adam", LOGIN, 404, 403, 422, LOGIN, 403, 403),
    # Open to everybody
    ("", "GET", "anna", LOGIN, 302, 302, 302, LOGIN, 302, 302),
    ("healthz", "GET", "anna", 200, 200, 200, 200, 200, 200, 200),
    ("sprog/", "GET", "anna", 302, 302, 302, 302, 302, 302, 302),
    ("sprog/", "POST", "anna", 302, 302, 302, 302, 302, 302, 302),
    ("udseende/", "POST", "anna", 302, 302, 302, 302, 302, 302, 302),
)
