"""Addresses of learning: what the machine learned, what recoding would change, what to code next.

They come before those of coding, where ``plan-de-codage/<slug>/`` is a theme.
"""

from django.urls import path

from ecoute.verbatims.views import learning, to_code

urlpatterns = [
    path("plan-de-codage/apprentissage/", learning.learned, name="learned"),
    path("plan-de-codage/apprentissage/apprendre/", learning.learn, name="learn"),
    path("plan-de-codage/apprentissage/automatique/", learning.automatic, name="learn_automatic"),
    path("plan-de-codage/recoder/apercu/", learning.preview, name="recoding_preview"),
    path("plan-de-codage/recoder/apercu/calculer/", learning.ask_preview, name="recoding_preview_ask"),
    path("a-coder/", to_code.to_code, name="to_code"),
    path("a-coder/reprendre/", to_code.take_back, name="to_code_take_back"),
    path("a-coder/<uuid:uid>/", to_code.code_one, name="code_one"),
    path("a-coder/<uuid:uid>/suivant/", to_code.go_on, name="to_code_next"),
]
