"""Words and turns that please or complain, as cues; the longest turn wins, so « pas clair » beats « clair »."""

from __future__ import annotations

from collections.abc import Sequence

from ...cues import CueMatcher, Hit
from ...documents import Span
from ...words import words_of

POSITIVE = (
    "merci", "remerci*", "bravo", "felicit*", "excellen*", "parfait*", "formidable*", "genial*", "super", "top", "impeccable*",
    "nickel", "efficace*", "efficacite", "rapide*", "rapidite", "reactif*|reactive*", "reactivite", "aimable*", "amabilite",
    "gentil*", "sympathique*", "sympa", "agreable*", "accueillant*", "chaleureu*", "souriant*", "sourire", "courtois*", "poli|polis|polie|polies",
    "bienveillan*", "professionnel", "professionnels", "professionnelle", "professionnelles", "professionnalisme", "competent*", "competence*",
    "a l ecoute", "disponible*", "disponibilite", "satisfait*", "satisfaction", "ravi|ravie|ravis", "content|contente|contents", "heureu*",
    "facile*", "facilement", "facilite", "simple", "simples", "simplement", "simplicite", "pratique", "pratiques", "fluide*", "clair|claire|clairs|claires", "clairement",
    "clarte", "utile*", "precis|precise|precises", "serieu*", "patient|patiente|patience", "remarquable*", "irreprochable*", "exemplaire*", "tres bien", "tres bon|bonne|bons|bonnes",
    "bien accueilli*|recu|recus|recue|renseigne*|explique*|guide*|organise*|fait|conseille*", "bonne ..  experience|surprise|initiative|idee|chose", "agreablement surpris*",
    "sans probleme*|souci|soucis|difficulte*|encombre|attente|faille|accroc", "aucun|aucune probleme|souci|difficulte|attente", "pas de|d .. probleme|souci|difficulte|attente", "rien a redire|dire|signaler", "n ai rien|pas .. attendu", "pas .. attendre|attendu",
    "tout s est .. bien|parfaitement", "bien passe", "gain de temps", "bel|belle|beau", "qualite", "recommande", "apprecie|appreciable*", "soulag*", "rassur*", "humain|humaine|humanite",
    "pas .. decu", "dans les delais", "plus vite que", "en quelques .. minutes|clics|jours", "n hesitez pas|surtout pas", "great|excellent|perfect|wonderful|amazing|lovely|fantastic", "thank*", "helpful", "friendly", "kind", "quick*", "easy", "polite", "satisfied", "happy", "well explained", "professional", "no problem*|issue*", "good",
)  # fmt: skip
NEGATIVE = (
    "impossible*", "impossibilite", "inadmissible*", "inacceptable*", "scandal*", "honte*", "honteu*", "lamentable*", "deplorable*", "catastroph*", "catastrophe*", "calamiteu*",
    "desastre*", "desastreu*", "desagreable*", "mechan*", "agressi*", "impoli*", "meprisan*", "mepris", "hautain*", "arrogan*", "incompeten*", "incompetence*", "incoheren*", "incomprehensible*", "incomprehension",
    "aberran*", "absurde*", "ubuesque*", "kafkai*", "ridicule*", "inutil*", "inefficace*", "injuste*", "injustice", "injoignable*", "injustifie*", "illisible*", "inaccessible*", "indisponible*", "introuvable*",
    "galere*", "calvaire", "parcours du combattant", "usine a gaz", "casse tete", "enfer", "cauchemar", "desespoir", "desespere*", "desemparé*|desempare*", "decu|decue|decus|deception|decevant*", "mecontent*", "insatisf*",
    "enerv*", "agac*", "enrage*|rage|furieu*", "colere", "en avoir marre|assez", "ras le bol", "marre", "perte de temps", "perdre .. temps|journee", "perdu .. temps|journee", "probleme*", "souci|soucis", "difficulte*", "difficile*", "complique*", "complexe*", "complexite", "compliqué*", "penible*", "laborieu*", "fastidieu*", "contraignan*", "pesan*",
    "erreur*", "bug|bugs|bugge|beug*", "panne*", "bloqu*", "plant|plante|plantage", "echec*", "echoue*", "refus|refuse*|refusé*", "rejet*", "dysfonction*", "defaillan*", "retard*", "trop long*|lent*|complique*|tard|peu|cher|loin|court*", "lent|lente|lenteur*", "interminable*", "tres long|longue|longues|longs", "malheureusement", "dommage", "regrettable*", "regrett*", "helas", "bizarre", "anormal*", "n importe quoi", "nul|nulle", "null*", "zero",
    "pas .. normal|clair*|precis*|pratique*|simple*|facile*|satisf*|content*|aimable*|agreable*|possible|fonctionn*|marche|efficace*|rapide*|competent*|reponse*|disponible*|accessible*|comprehensible*|serieu*|bon|bonne|bien|top|evident*|a l ecoute|correct*|logique|adapte*|joignable*|rendez",
    "peu .. clair*|aimable*|pratique*|efficace*|agreable*|accueillant*|precis*|lisible*", "aucun|aucune .. reponse|nouvelle*|solution|aide|suite|explication*|retour|information*|contact|rendez|creneau*|interlocuteur*|moyen|humain",
    "pas de|d .. reponse|nouvelle*|solution|aide|suite|explication*|retour|information*|contact|rendez|creneau*|interlocuteur*|moyen", "sans .. reponse|suite|nouvelle*|explication*|solution|effet|resultat|succes", "toujours rien|pas", "jamais .. repond*|repondu|reponse|recu|rappel*|traite|abouti", "n arrive|arrivons|arrivais .. pas|plus", "n ai .. pas|jamais .. recu|reussi|pu|obtenu|trouve|eu", "ne .. repond* .. pas|jamais|plus", "personne ne|n", "ne .. fonctionn*|march* .. pas|plus|jamais", "ne comprend* pas|rien", "ne .. peu* .. pas .. acceder|connecter|me", "attends|attendons .. toujours|depuis", "j attends", "depuis .. mois|semaines|ans", "raccroch*", "ballad*|balad*", "renvoye*", "mal .. recu|recue|accueilli*|informe*|renseigne*|fait|concu|explique*|poli*|organise*", "oblige*", "contraint|contrainte", "menac*", "mensong*", "ment|menti", "pire|pires", "mauvais*", "manque de|d", "honte", "abandonne*", "perdu|perdue|perdus", "vol", "escroc*", "arnaqu*", "plus .. personne", "aucune", "terrible|awful|horrible|rude|unhelpful|useless|poor|slow|bad|worst|unacceptable|disappoint*|frustrat*|confusing|complicated|difficult|impossible", "not .. working|work|clear|helpful|good|happy|answered|able", "no .. answer|reply|response|one|information", "never .. received|replied|answered", "error*", "delay*", "waiting .. months|weeks|hours", "failed|fails|fail", "broken", "lost",
)  # fmt: skip


class PolarityLexicon:
    """Counts of pleasing and complaining turns in a text, overlapping shorter turns dropped."""

    def __init__(self) -> None:
        self._matcher = CueMatcher({"positive": POSITIVE, "negative": NEGATIVE})

    def find(self, text: str) -> list[Hit]:
        """The turns found, longest first among those that overlap, in order."""
        return _longest(self._matcher.find_in(words_of(text)))

    def counts(self, text: str) -> tuple[int, int]:
        """How many positive and negative turns."""
        hits = self.find(text)
        positive = sum(h.label == "positive" for h in hits)
        return positive, len(hits) - positive


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start, h.span.start - h.span.end)):
        if kept and hit.span.start < kept[-1].span.end:
            if _length(hit.span) > _length(kept[-1].span):
                kept[-1] = hit
        else:
            kept.append(hit)
    return kept


def _length(span: Span) -> int:
    return span.end - span.start
