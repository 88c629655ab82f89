"""Senses and roles that were read wrongly in articles for which no rule was written: each beside a near miss."""

import pytest

from tests.events.reading import party_names, read_mentions


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        # a participle with its adverb, set off by commas
        ("Deux passagers, grièvement blessés, ont été conduits à l'hôpital.", "life.injure", [], ["Deux passagers"]),
        # a name behind a phrase of time without preposition
        ("Khartoum accuse une nouvelle fois Alger d'armer ses adversaires.", "communication.accuse", ["Khartoum"], ["Alger"]),
        # a complaint against X keeps the one who files it
        ("L'association Terre Nette a déposé plainte contre X au parquet de Colmar.", "justice.sue", ["Terre Nette"], ["X"]),
        ("Plus de 8 000 habitants ont fui en trois jours.", "movement.travel", ["8 000 habitants"], []),
        ("La région Bretagne a avancé 2 millions d'euros à la ville de Brest.", "transaction.transfer_money", ["région"], ["ville de Brest"]),
        ("Le groupe Altaro a cédé 30 % du capital de Verdane à Morvane.", "business.acquire", ["Morvane"], []),
        ("Le préfet a loué le courage des pompiers.", "communication.praise", ["préfet"], ["pompiers"]),
        ("La mairie a titularisé trois agents.", "personnel.appoint", ["mairie"], ["trois agents"]),
        ("Paul Martin, élu en mars, a démissionné.", "personnel.elect", [], ["Paul Martin"]),
        ("Le défenseur a reçu deux mois de suspension.", "politics.sanction", [], ["défenseur"]),
        ("Le président est arrivé à Kiev mardi.", "movement.travel", ["président"], []),
        ("Le pape est attendu samedi à Marseille.", "movement.travel", ["pape"], []),
        ("Une longue maladie a emporté Luc Roy mardi.", "life.die", [], ["Luc Roy"]),
        ("Le conseil a voté mardi le renvoi de Paul Martin.", "personnel.dismiss", [], ["Paul Martin"]),
        ("La présidente a chiffré les pertes à 2 millions d'euros.", "communication.statement", ["présidente"], []),
    ],
)
def test_who_and_what(text, event_type, actor, recipient):
    found = next(m for m in read_mentions(text) if m.event_type == event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("La porte du conducteur, légèrement ouverte, a claqué.", "life.injure"),
        ("Le tuyau a fui en trois jours.", "movement.travel"),
        ("La Ligue a avancé le match d'une heure.", "communication.statement"),
        ("La région Bretagne pourrait avancer des fonds.", "communication.propose"),
        ("Le défenseur a concédé un corner.", "communication.statement"),
        ("Le groupe Altaro détient 30 % du capital de Verdane.", "business.acquire"),
        ("Les déchets ont fini dans une carrière louée par la société Altaro.", "communication.praise"),
        ("L'entraîneur avait titularisé trois joueurs pour ce match.", "personnel.appoint"),
        ("Quarante malades seront recrutés pour cet essai.", "personnel.appoint"),
        ("Emma Roux, élue de la CFDT, promet une grève.", "personnel.elect"),
        ("Luc Roy, élu CFE-CGC, promet une grève.", "personnel.elect"),
        ("Après la suspension de son gardien, Brest va recevoir Metz.", "politics.sanction"),
        ("À Kiev, les bénévoles n'arrivent plus à suivre.", "movement.travel"),
        ("Dans les vallées, l'euphorie gagne lundi.", "movement.travel"),
        ("Le groupe Altaro a fini par l'emporter.", "life.die"),
        ("Le groupe Altaro et le groupe Verdane scellent leur union.", "life.marry"),
        ("Les ménages attendent un logement en France.", "movement.travel"),
        ("Mutuelles : Solivar et la Fraternelle scellent leur union", "life.marry"),
        ("L'avocat demande le renvoi devant la Grande Chambre.", "personnel.dismiss"),
        ("Les pirates ont chiffré une partie des serveurs.", "communication.statement"),
        ("La société civile avance un bilan de douze morts.", "communication.propose"),
        ("L'incendie qui s'était déclaré samedi est éteint.", "communication.statement"),
        ("Vingt soldats du feu ont lutté contre les flammes.", "disaster.accident"),
        ("La maire se retrouve sans majorité.", "communication.meet"),
        ("Nous ne sommes pas pressés.", "communication.request"),
        ("La cheffe du service a assuré dix gardes en juin.", "communication.promise"),
        ("Le projet prend enfin forme chez Altaro.", "business.restructure"),
        ("Trois cas ont été signalés depuis sa mise sur le marché.", "business.ipo"),
        ("Le face-à-face entre les deux éditeurs se poursuit.", "disaster.accident"),
        ("Altaro et Verdane ont collaboré avec la justice.", "business.partner"),
        ("Les captures accidentelles de dauphins ont reculé.", "justice.arrest"),
        ("Altaro a suspendu le chargement de deux navires.", "politics.sanction"),
        ("Les rebelles revendiquent la prise de la ville.", "communication.request"),
        ("L'assureur Altaro a dépêché un inspecteur.", "personnel.appoint"),
    ],
)
def test_other_senses(text, event_type):
    assert event_type not in [m.event_type for m in read_mentions(text)]


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Il a fallu cinq heures pour que le conseil municipal adopte un budget.", "asserted"),
        ("Il aura fallu deux ans pour que Paul Martin démissionne.", "asserted"),
        ("Il faudra deux ans pour que le parlement adopte la loi.", "planned"),
        ("Il aurait fallu deux ans pour que Paul Martin démissionne.", "planned"),
    ],
)
def test_what_it_took(text, factuality):
    assert [m.factuality for m in read_mentions(text)] == [factuality]
