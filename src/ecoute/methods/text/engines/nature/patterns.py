"""What a segment does: a wish and a question are told by their words, irritant and praise by their polarity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...cues import CueMatcher, Hit
from ...documents import Judgement, Nature, Polarity, Span

EXPECTATION = (
    "il faudrait|faudrait", "il serait|seraient ..  bien|bon|utile|souhaitable|interessant|judicieux|preferable|pratique|opportun|temps",
    "il serait|seraient", "serait il|elle possible", "ce serait|seraient .. bien|bon|utile|pratique|top|super|formidable|genial|mieux|appreciable",
    "ca serait", "on devrait|pourrait", "vous devriez|pourriez", "devrait|devraient .. etre|pouvoir|avoir|permettre|proposer|faire|prevoir|mettre",
    "pourrait|pourraient .. etre|avoir|permettre|proposer|faire|prevoir|mettre|ameliorer",
    "j aurais|aurai aime|apprecie|souhaite|prefere|voulu", "nous aurions aime|apprecie|souhaite|prefere|voulu",
    "j aimerais|aimerai", "nous aimerions", "on aimerait", "je souhaiterais|souhaiterai", "je souhaite que", "je souhaite|voudrais .. pouvoir|avoir|obtenir|recevoir|savoir",
    "nous souhaitons|souhaiterions", "je voudrais|voudrai", "nous voudrions", "pourquoi ne pas|pas", "merci de bien vouloir", "merci de faire|mettre|prevoir|corriger|ameliorer|revoir|retablir|rendre",
    "je demande .. que|a|de", "nous demandons", "je propose|suggere", "nous proposons|suggerons", "suggestion*", "proposition :", "a ameliorer", "merite* .. amelior*|etre",
    "a quand|qd un|une|le|la|des", "vivement", "en esperant", "j espere|espere .. que|un|une|pouvoir", "nous esperons", "esperons", "besoin de|d .. plus", "manque|manquerait .. un|une|des",
    "pourriez|pouvez vous", "pourrait on", "peut on esperer|envisager|imaginer", "si .. seulement", "il suffirait", "suffirait de", "prevoir|ajouter|rajouter|ameliorer|simplifier|remettre|retablir|developper .. un|une|le|la|les|des|plus",
    "necessaire|indispensable|urgent de|d|que", "gagnerait|gagneraient a", "mettez|mettre en place", "would|should|could .. be|have .. nice|good|better|great|helpful|useful",
    "i would|d like|love|prefer|appreciate", "we would like", "it would be", "please add|make|provide|improve|fix", "you should", "there should be", "should be", "i wish|hope", "why not", "could you", "would be nice|helpful|better",
)  # fmt: skip
NOT_EXPECTATION = (
    "!devrait .. etre traite|recu|arrive", "!je voudrais|souhaite|tiens .. remercier|feliciter|dire merci|saluer|temoigner|souligner|signaler",
    "!on pourrait croire|penser|dire", "!j espere que .. vous allez", "!je souhaite .. remercier|feliciter", "!nous souhaitons .. remercier|feliciter",
    "!je voudrais|souhaiterais .. temoigner|partager|remercier|feliciter|signaler|faire part", "!j aimerais .. remercier|feliciter|temoigner|partager", "!tenons|tiens a",
)  # fmt: skip
QUESTION = (
    "est ce que", "comment faire|puis|peut|proceder|dois|savoir|obtenir|contacter|avoir|se fait", "que dois|faire|puis je", "quand vais|aurai|sera|pourrai|recevrai|est ce", "ou puis|dois|trouver|se trouve|en est",
    "qui dois|puis|peut", "a qui", "puis je", "dois je", "ai je", "avez vous", "quelle|quel|quelles|quels est|sont", "pourquoi", "est il|elle normal|possible|prevu|legal", "combien de temps|faut|coute",
    "je voudrais|souhaiterais|aimerais .. savoir|connaitre|comprendre", "j aimerais .. savoir|connaitre|comprendre", "je me demande", "y a t il", "peut on", "how can|do|long", "what should|is|can", "when will", "where can|do", "who can", "can i", "is it possible", "do i need",
)  # fmt: skip
_ASKS = re.compile(r"\?\s*[\"»)!?. ]*$")
_RHETORICAL = re.compile(
    r"(?:normal|s[ée]rieux|honte|moque|plaisante|blague|comprenne qui pourra|\?\s*!|!\s*\?|\?\?\?)", re.I
)


class PatternNature:
    """Rules over wish and question patterns; evidence is given for wishes and questions."""

    name = "nature-patterns"
    version = "1"
    network = False

    def __init__(self) -> None:
        self._matcher = CueMatcher({Nature.EXPECTATION: (*EXPECTATION, *NOT_EXPECTATION), Nature.QUESTION: QUESTION})

    def judge(self, texts: Sequence[str], polarities: Sequence[Judgement], language: str) -> list[Judgement]:
        return [self._one(text, polarity) for text, polarity in zip(texts, polarities, strict=True)]

    def _one(self, text: str, polarity: Judgement) -> Judgement:
        hits = self._matcher.find(text)
        wishes = _of(hits, Nature.EXPECTATION)
        asks = _of(hits, Nature.QUESTION)
        interrogative = bool(_ASKS.search(text))
        if wishes and not (interrogative and asks and not _has_offer(text)):
            return self._said(Nature.EXPECTATION, 0.85, wishes)
        if interrogative and not _RHETORICAL.search(text):
            return self._said(Nature.QUESTION, 0.9 if asks else 0.7, asks or [_question_mark(text)])
        if asks and _begins(asks, text):
            return self._said(Nature.QUESTION, 0.6, asks)
        return self._by_polarity(polarity)

    def _by_polarity(self, polarity: Judgement) -> Judgement:
        value = {Polarity.NEGATIVE: Nature.IRRITANT, Polarity.POSITIVE: Nature.PRAISE}.get(
            Polarity(polarity.value), Nature.FACT
        )
        return Judgement(value, polarity.confidence, f"{self.name} {self.version}", polarity.evidence)

    def _said(self, nature: Nature, confidence: float, evidence: list[Span]) -> Judgement:
        return Judgement(nature, confidence, f"{self.name} {self.version}", tuple(sorted(set(evidence))))


def _of(hits: Sequence[Hit], label: str) -> list[Span]:
    mine = [h for h in hits if h.label == label]
    return [] if any(h.strength == "veto" for h in mine) else [h.span for h in mine]


def _has_offer(text: str) -> bool:
    return bool(re.search(r"pourquoi (?:ne )?pas|serait[- ]il|pourr(?:iez|ait)|why not|could", text, re.I))


def _begins(spans: Sequence[Span], text: str) -> bool:
    return min(s.start for s in spans) <= 3 and not text.rstrip().endswith(".")


def _question_mark(text: str) -> Span:
    at = text.rindex("?")
    return Span(at, at + 1)
