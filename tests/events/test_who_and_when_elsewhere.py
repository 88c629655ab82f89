"""Parties and dates that stand apart from their trigger: behind asides, in other sentences, in what the document tells."""

from datetime import date

import pytest

from tests.events.reading import party_names, read_mentions


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        # an aside parts the auxiliary from its participle
        ("Le groupe avait, en mars dernier, racheté la société Belmont.", "business.acquire", ["groupe"], ["Belmont"]),
        ("Le parquet a, selon nos informations, ouvert une enquête contre Paul Garrel.", "justice.investigate", ["parquet"], ["Paul Garrel"]),
        # what was joined too low
        ("Jean Petit, menuisier à Lyon et Marie Roche, infirmière à Paris, se sont mariés samedi.", "life.marry", ["Jean Petit"], ["Marie Roche"]),
        ("Le chancelier souhaite la nomination de Paul Garrel pour le SPD et Anne Roth pour les Verts.", "personnel.appoint", [], ["Paul Garrel", "Anne Roth"]),
        ("LONDRES - Le Royaume-Uni et le Rwanda ont signé mardi un accord de paix.", "politics.agree", ["Royaume-Uni"], ["Rwanda"]),
        ("Le sinistre a détruit, au niveau du port, les hangars et le marché.", "disaster.accident", [], ["hangars"]),
        # complements behind a participle, agents of what is made
        ("Une plainte déposée contre la société Belmont a été classée.", "justice.withdraw_suit", [], ["Belmont"]),
        ("Les accusations portées contre Paul Garrel sont graves.", "communication.accuse", [], ["Paul Garrel"]),
        ("Les conseillers ont accordé à l'unanimité 15 000 euros au club de voile.", "transaction.transfer_money", ["conseillers"], ["club de voile"]),
        # who is prosecuted did it
        ("Paul Garrel a été condamné mardi pour le meurtre de Luc Roy en 2018.", "life.die", ["Paul Garrel"], ["Luc Roy"]),
        ("Trois jeunes sont jugés pour l'agression d'un chauffeur de bus.", "conflict.attack", ["Trois jeunes"], ["chauffeur de bus"]),
        # counted people, services, posts
        ("Deux des quatre suspects ont été interpellés mardi.", "justice.arrest", [], ["Deux des quatre suspects"]),
        ("Le juge a relâché six manifestants. Vingt-deux autres ont été interpellés.", "justice.arrest", [], ["Vingt-deux autres"]),
        ("L'enquête de gendarmerie a conclu au suicide.", "justice.investigate", ["gendarmerie"], []),
        ("Le patron de Morvane, Guillaume Servan, a rendu son tablier hier.", "personnel.leave", ["Guillaume Servan"], ["Morvane"]),
        ("Le maire PS Jean-Paul Martin a démissionné mardi.", "personnel.leave", ["Jean-Paul Martin"], []),
        ("« Rien ne va », s'emporte le délégué CGT Rachid Benmoussa.", "communication.criticize", ["Rachid Benmoussa"], []),
        ("« La direction joue avec nos vies », fulmine Jean Petit.", "communication.criticize", ["Jean Petit"], ["direction"]),
        ("Le porte-parole du Front locataire, Simon Petit, qui devait rencontrer la ministre, a renoncé.", "communication.meet", ["Simon Petit"], ["ministre"]),
        ("Approché par le milliardaire Luc Roy, le conseil a repoussé sa proposition.", "communication.reject", ["conseil"], ["Luc Roy"]),
        ("Une tribune est parue mardi dans Le Monde.", "communication.publish", ["Le Monde"], []),
        ("La prise d'otages des ministres à Vienne a duré deux jours.", "conflict.attack", [], ["ministres"]),
    ],
)
def test_parties_in_one_sentence(text, event_type, actor, recipient):
    found = next(m for m in read_mentions(text) if m.event_type == event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)
    for p in found.roles.participants:
        assert text[p.start : p.end] == p.text


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        # a dash inside the sentence, not behind a dateline
        ("ARKEMA - le chimiste - et BELMONT ont signé mardi un accord.", "business.partner", ["ARKEMA"], ["BELMONT"]),
        # commas that part no auxiliary from its participle
        ("Le groupe avait, en mars dernier, un projet : racheter la société Belmont.", "business.acquire", [], ["Belmont"]),
        # conjuncts with their own preposition, clauses of their own
        ("Jean Petit, ami de Paul Garrel et de Luc Roy, a été arrêté samedi.", "justice.arrest", [], ["Jean Petit"]),
        ("Jean Petit, frère de Paul Garrel et de Marie Roche, s'est marié samedi.", "life.marry", ["Jean Petit"], []),
        ("Jean Petit, ami de Paul Garrel et de Luc Roy, et Marie Roche ont été arrêtés.", "justice.arrest", [], ["Jean Petit", "Marie Roche"]),
        ("Le chancelier a nommé Paul Garrel pour cinq ans et Anne Roth a démissionné.", "personnel.appoint", ["chancelier"], ["Paul Garrel"]),
        ("Le maire a rencontré Paul Garrel pour le contrat et Anne Roth.", "communication.meet", ["maire"], ["Paul Garrel"]),
        ("Le tribunal a condamné Jean Petit, menuisier à Lyon, et Marie Roche a été relaxée.", "justice.convict", ["tribunal"], ["Jean Petit"]),
        # a noun with an article behind an apposition is somebody else
        ("Le maire a rencontré Anne Roth, présidente du club, et les habitants.", "communication.meet", ["maire"], ["Anne Roth", "habitants"]),
        # the source behind an aside is no object, and a subject that is there is not looked for
        ("Le sinistre a détruit, selon les pompiers et les gendarmes, un hangar.", "disaster.accident", [], ["hangar"]),
        ("Le sinistre a détruit les hangars, au niveau du port et du marché.", "disaster.accident", [], ["hangars"]),
        ("Accusé par Paul Garrel, l'ancien maire, de fraude, Luc Roy a démissionné.", "personnel.leave", ["Luc Roy"], []),
        ("Arrêtés par la police, la gendarmerie et la douane, ils ont été écroués.", "justice.arrest", ["police", "gendarmerie", "douane"], []),
        ("Interpellés par la gendarmerie, puis relâchés, Paul Martin et Luc Petit ont été jugés.", "justice.trial", [], ["Paul Martin", "Luc Petit"]),
        # a plural participle behind a plural
        ("Un groupe de salariés licenciés par Arkema a porté plainte.", "business.layoff", ["Arkema"], ["salariés"]),
        # one agent, one verb in a relative clause with its pronoun
        ("La société a été fondée par Paul Garrel et soutenue par Luc Roy.", "business.found", ["Paul Garrel"], ["société"]),
        ("Une centaine de personnes qui manifestaient ont été arrêtées lundi.", "politics.protest", ["personnes"], []),
        ("Le groupe que Paul Garrel a racheté lundi.", "business.acquire", ["Paul Garrel"], ["groupe"]),
    ],
)
def test_parties_that_stand_where_the_parser_has_them(text, event_type, actor, recipient):
    found = next(m for m in read_mentions(text) if m.event_type == event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)


@pytest.mark.parametrize(
    "text",
    [
        "Paul Garrel n'a pas été condamné pour le meurtre de Luc Roy.",
        "Paul Garrel a été acquitté mardi pour le meurtre de Luc Roy.",
        "Paul Garrel a été condamné en 2018 pour fraude, après la mort de Luc Roy.",
        "Paul Garrel a été récompensé mardi pour son enquête sur le meurtre de Luc Roy en 2018.",
        "La police a arrêté Paul Garrel et cherche un mobile pour le meurtre de Luc Roy.",
        "Paul Garrel a été arrêté mardi. Une enquête est ouverte pour le meurtre de Luc Roy.",
    ],
)
def test_who_is_not_prosecuted_for_a_crime_did_not_do_it(text):
    found = next(m for m in read_mentions(text) if m.event_type == "life.die")
    assert (party_names(found, "actor"), party_names(found, "recipient")) == ([], ["Luc Roy"])


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("Le tribunal a condamné Luc Roy à 5.000 euros d'amende. Il a, en outre, jugé recevables les demandes.", "justice.rule", ["tribunal"], []),
        ("Agression à Valdoie.\nUn chauffeur a été agressé par deux individus.", "conflict.attack", ["deux individus"], ["chauffeur"]),
        ("Les faits qui lui sont reprochés ont eu lieu en mai.\nLuc Roy comparaissait hier.", "communication.accuse", [], ["Luc Roy"]),
        ("Luc Roy comparaissait lundi devant le tribunal. Le procureur a requis trois ans de prison.", "justice.request_ruling", ["procureur"], ["Luc Roy"]),
        ("Le juge a inculpé le président yougoslave. Il a vu mardi le président yougoslave Slobodan Milosevic.", "justice.charge", ["juge"], ["Slobodan Milosevic"]),
    ],
)
def test_parties_that_other_sentences_name(text, event_type, actor, recipient):
    found = next(m for m in read_mentions(text) if m.event_type == event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)


def test_the_defence_does_not_ask_against_the_defendant():
    text = "Luc Roy comparaissait lundi devant le tribunal. L'avocate a demandé au juge de relâcher l'homme."
    found = next(m for m in read_mentions(text) if m.event_type == "justice.request_ruling")
    assert "Luc Roy" not in party_names(found, "recipient") + party_names(found, "actor")


@pytest.mark.parametrize(
    ("text", "event_type", "start"),
    [
        ("Paul Garrel a été condamné mardi pour le meurtre de Luc Roy en 2018.", "life.die", date(2018, 1, 1)),
        ("Paul Garrel a été condamné mardi pour le meurtre de Luc Roy.", "life.die", None),
        ("Paul Garrel a été condamné en 2018 pour le meurtre de Luc Roy.", "life.die", None),
        ("Paul Garrel a été condamné en 2018 pour le meurtre de Luc Roy.", "justice.convict", date(2018, 1, 1)),
        ("Paul Garrel a été jugé pour le meurtre de Luc Roy lundi.", "justice.trial", date(2024, 3, 4)),
        ("Un homme, blessé par balle, a été secouru et transporté à l'hôpital, lundi.", "life.injure", date(2024, 3, 4)),
        ("Luc Roy a fait savoir hier qu'il partait. « C'est fini. » Luc Roy a par ailleurs indiqué qu'il vendait tout.", "communication.statement", date(2024, 3, 4)),
        ("Il faudra attendre le 15 mars pour connaître le jugement du tribunal.", "justice.rule", date(2024, 3, 15)),
        ("L'armée a attaqué la ville hier. L'armée poursuit ses bombardements sur la ville.", "conflict.attack", None),
        ("Luc Roy a été mis en examen hier. Luc Roy est soupçonné d'avoir reçu des fonds.", "communication.accuse", None),
    ],
)
def test_dates_that_stand_elsewhere(text, event_type, start):
    found = [m for m in read_mentions(text) if m.event_type == event_type][-1]
    assert (found.date.start if found.date else None) == start


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("La fonction a été créée par le gouvernement, a-t-on annoncé hier.", "communication.statement"),
        ("Il voulait détourner des avions pour les faire s'écraser.", "disaster.accident"),
        ("Considérant que les faits étaient établis, le tribunal a condamné Luc Roy.", "communication.statement"),
        ("« Je vous réponds que oui », a indiqué Luc Roy.", "communication.reject"),
        ("Alertée par des passants, la police est intervenue.", "communication.statement"),
        ("« C'est une victoire », selon une analyse de Luc Petit.", "communication.statement"),
        ("Arrêté préfectoral signé lundi : la chasse est interdite à Pau.", "justice.arrest"),
    ],
)
def test_no_events_of_their_own(text, event_type):
    assert event_type not in {m.event_type for m in read_mentions(text)}


@pytest.mark.parametrize(
    ("text", "event_type", "trigger"),
    [
        ("Son restaurant, ravagé par un incendie en juillet 2019, a rouvert.", "disaster.accident", "incendie"),
        ("Il a parlé d'une rançon de 3 millions de dollars versée par l'État.", "transaction.transfer_money", "versée"),
    ],
)
def test_one_happening_told_by_noun_and_verb_is_one_mention(text, event_type, trigger):
    assert [text[m.start : m.end] for m in read_mentions(text) if m.event_type == event_type] == [trigger]


def test_two_happenings_of_one_type_are_tworead_mentions():
    text = "Un incendie a ravagé une salle détruite par une explosion en 2019."
    assert [text[m.start : m.end] for m in read_mentions(text) if m.event_type == "disaster.accident"] == ["incendie", "explosion"]


def test_one_change_of_hands_has_one_actor_and_one_date():
    text = "Le conseil a confié lundi le poste à Paul Garrel, qui succède à Luc Roy."
    found = [m for m in read_mentions(text) if m.event_type == "personnel.appoint"]
    assert [(party_names(m, "actor"), m.date.start) for m in found] == [(["conseil"], date(2024, 3, 4))] * 2


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Le conseil a nommé lundi Paul Garrel, qui a nommé Luc Roy directeur.", ["Paul Garrel"]),
        ("Le conseil a nommé lundi Paul Garrel, qui devrait succéder à Luc Roy.", []),
        ("Le conseil a nommé lundi Paul Garrel ; Paul Garrel succède à Luc Roy.", []),
        ("Le conseil a nommé lundi Paul Garrel. Paul Garrel, qui succède à Luc Roy, dirigeait Belmont.", []),
    ],
)
def test_another_change_of_hands_has_its_own(text, actor):
    found = [m for m in read_mentions(text) if m.event_type == "personnel.appoint"][-1]
    assert (party_names(found, "actor"), found.date) == (actor, None)


@pytest.mark.parametrize("text", ["Le ministre n'hésite pas à critiquer Luc Roy.", "Le ministre n'a pas hésité à critiquer Luc Roy."])
def test_what_somebody_does_not_hesitate_to_do_happened(text):
    assert next(m for m in read_mentions(text) if m.event_type == "communication.criticize").factuality == "asserted"
