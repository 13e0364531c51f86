"""Whether the service answers."""


def test_the_service_says_that_it_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.text, response.mimetype) == (200, "ok", "text/plain")
