from django.urls import path

from cms.professionals.views import own, pools, public, teaching

app_name = "professionals"
urlpatterns = [
    path("", public.directory, name="directory"),
    path("me/", own.mine, name="mine"),
    path("me/publish/", own.publish_mine, name="publish"),
    path("me/withdraw/", own.withdraw_mine, name="withdraw"),
    path("me/confirm/", own.confirm_mine, name="confirm"),
    path("me/delete/", own.delete_mine, name="delete"),
    path("me/claims/", own.add_claim, name="add_claim"),
    path("me/claims/proof/", own.claim_proof, name="claim_proof"),
    path("me/claims/<uuid:pk>/delete/", own.delete_claim, name="delete_claim"),
    path("me/nominations/<uuid:pk>/", own.answer_nomination, name="answer_nomination"),
    path("me/teaching/", teaching.offer, name="offer"),
    path("me/requests/<uuid:pk>/", teaching.answer_request, name="answer_request"),
    path("confirmations/", pools.confirmations, name="confirmations"),
    path("pools/", pools.pools, name="pools"),
    path("pools/<slug:slug>/", pools.pool, name="pool"),
    path("pools/<slug:slug>/review/", pools.review, name="review"),
    path("pools/<slug:slug>/members.xlsx", pools.export, name="export"),
    path("pools/<slug:slug>/nominate/<uuid:pk>/", pools.put_forward, name="put_forward"),
    path("pools/<slug:slug>/nominations/<uuid:pk>/", pools.decide_on, name="decide"),
    path("pools/<slug:slug>/members/<int:pk>/end/", pools.end_term, name="end_term"),
    path("<uuid:pk>/", public.profile, name="profile"),
    path("<uuid:pk>/write/", public.write, name="write"),
    path("<uuid:pk>/ask/", teaching.ask_to_teach, name="ask_to_teach"),
    path("<uuid:pk>/stars/", teaching.opinion, name="opinion"),
    path("<uuid:pk>/nominate/", pools.choose_pool, name="choose_pool"),
]
