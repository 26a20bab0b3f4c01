"""Who is in the demonstration. All names are invented."""

from dataclasses import dataclass

from lokalnet.access.rights import Role


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    title: str
    organisation: str
    roles: tuple[Role, ...]


VESTEGN = "Københavns Vestegns Politi"
BALLERUP, HERLEV, GLADSAXE = "Ballerup Kommune", "Herlev Kommune", "Gladsaxe Kommune"
HOUSING, CLUB, NEIGHBOUR, LONDON = "Vestbo Boligforening", "Foreningen Nabofodbold", "Nabokommune", \
    "City of London Police"
PSYCHIATRY, PROBATION = "Psykiatrien Vestegnen", "Kriminalforsorgen Vestegnen"

ORGANISATIONS = {
    VESTEGN: ("police", VESTEGN), BALLERUP: ("municipality", BALLERUP), HERLEV: ("municipality", HERLEV),
    GLADSAXE: ("municipality", GLADSAXE), HOUSING: ("housing", BALLERUP), CLUB: ("association", GLADSAXE),
    NEIGHBOUR: ("municipality", NEIGHBOUR), LONDON: ("police", LONDON),
    PSYCHIATRY: ("psychiatry", PSYCHIATRY), PROBATION: ("prison-service", PROBATION),
}

PEOPLE = (
    Person("gadeplan@gladsaxe.example", "Amalie Berg", "Gadeplansmedarbejder", GLADSAXE, (Role.STREET_WORKER,)),
    Person("koordinator@ballerup.example", "Jonas Holm", "Lokal koordinator", BALLERUP,
           (Role.COORDINATOR, Role.ADMINISTRATOR)),
    Person("gadeplan@ballerup.example", "Sofie Lind", "Gadeplansmedarbejder", BALLERUP, (Role.STREET_WORKER,)),
    Person("ssp@ballerup.example", "Emil Kjær", "SSP-konsulent", BALLERUP, (Role.SSP_CONSULTANT,)),
    Person("ssp@gladsaxe.example", "Tobias Egholm", "SSP-konsulent", GLADSAXE, (Role.SSP_CONSULTANT,)),
    Person("ssp@herlev.example", "Mette Skov", "SSP-konsulent", HERLEV, (Role.SSP_CONSULTANT,)),
    Person("lokalbetjent@politi.example", "Rasmus Dahl", "Lokalbetjent", VESTEGN, (Role.LOCAL_OFFICER,)),
    Person("nattevagt@politi.example", "Maria Bruun", "Lokalbetjent", VESTEGN, (Role.LOCAL_OFFICER,)),
    Person("analytiker@ballerup.example", "Ida Lund", "Analytiker", BALLERUP, (Role.ANALYST,)),
    Person("dpo@ballerup.example", "Kirsten Bech", "Databeskyttelsesrådgiver", BALLERUP,
           (Role.DATA_PROTECTION_OFFICER,)),
    Person("leder@politi.example", "Henrik Toft", "Leder af lokalpolitiet", VESTEGN,
           (Role.LEADER, Role.ADMINISTRATOR)),
    Person("vaert@boligforening.example", "Poul Friis", "Ejendomsmester", HOUSING, (Role.CARETAKER,)),
    Person("traener@nabofodbold.example", "Samira Krogh", "Træner", CLUB, (Role.ASSOCIATION_CONTACT,)),
    # The person room
    Person("laerer@gladsaxe.example", "Line Thorup", "Lærer", GLADSAXE, (Role.PROFESSIONAL,)),
    Person("paedagog@ballerup.example", "Kasper Winther", "Klubpædagog", BALLERUP, (Role.PROFESSIONAL,)),
    Person("raadgiver@gladsaxe.example", "Birgitte Sand", "Rådgiver", GLADSAXE, (Role.CASE_WORKER,)),
    Person("raadgiver@ballerup.example", "Nadia Ravn", "Rådgiver", BALLERUP, (Role.CASE_WORKER,)),
    Person("forebyggelse@politi.example", "Lone Hviid", "Koordinator, forebyggelse", VESTEGN, (Role.COORDINATOR,)),
    Person("dpo@gladsaxe.example", "Anders Bo", "Databeskyttelsesrådgiver", GLADSAXE,
           (Role.DATA_PROTECTION_OFFICER,)),
    Person("dpo@politi.example", "Ulla Krag", "Databeskyttelsesrådgiver", VESTEGN, (Role.DATA_PROTECTION_OFFICER,)),
    Person("psykiatri@region.example", "Jens Falk", "Socialrådgiver", PSYCHIATRY, (Role.CASE_WORKER,)),
    Person("kif@kriminalforsorg.example", "Susanne Lyng", "Sagsbehandler", PROBATION, (Role.CASE_WORKER,)),
    Person("clara@nabokommune.example", "Clara Juhl", "SSP-konsulent", NEIGHBOUR, (Role.SSP_CONSULTANT,)),
    Person("analyst@london.example", "Alex Hart", "Analyst", LONDON, (Role.ANALYST,)),
)
