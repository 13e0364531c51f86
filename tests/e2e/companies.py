"""What people of companies do in a browser: register, confirm, describe themselves."""

from tests.e2e.browsing import Person

PASSWORD = "a long sentence is a good password"


def follow_mail(somebody: Person, email: str, link: str) -> None:
    """Read the newest mail to this address and follow its link."""
    somebody.go(f"/dev/mail/?to={email}")
    somebody.page.locator("main ul.t-list a").first.click()
    somebody.page.locator(f"main a[href*='{link}']").click()


def register_company(somebody: Person, programme: str, *, name: str, email: str) -> None:
    """Register a company and its first mentor, with one try that lacks everything."""
    somebody.go(f"{programme}/")
    somebody.look("start")
    somebody.follow("Register a company", exact=False)
    somebody.look("register")
    somebody.press("Register")
    somebody.look("register-refused")
    somebody.fill_in("Name of the company", name)
    somebody.find_in("What does the company do?", "Energie", "35")
    somebody.tick("10 to 49")
    somebody.find_in("Where is the company?", "Heide", "25746")
    somebody.fill_in("First name", "Ó")
    somebody.fill_in("Last name", "Brien")
    somebody.fill_in("E-mail address", email)
    somebody.fill_in("Password", PASSWORD)
    somebody.page.locator("input[name=privacy]").check()
    somebody.press("Register")
    somebody.look("check-mail")
    follow_mail(somebody, email, "/confirm/")
    somebody.look("confirm")
    somebody.press("Confirm my address")


def tell_as_mentor(somebody: Person, programme: str) -> None:
    """Go through the four steps of a mentor and send them."""
    somebody.go(f"{programme}/profile/work")
    somebody.fill_in("Your function", "Leiterin Technik")
    somebody.find_in("Your occupation", "Elektroingenieur", "2151")
    somebody.find_in("Which sectors do you know?", "Energie", "35")
    somebody.look("work")
    somebody.press("Save and go on")
    somebody.tick("Master's degree (level 7)")
    somebody.look("qualification")
    somebody.press("Save and go on")
    somebody.choose("Language 1", "de")
    somebody.choose("Level in language 1", "C2")
    somebody.find_in("Where would you meet?", "Heide", "25746")
    somebody.page.locator("input[name=modes][value=in_person]").check()
    somebody.page.locator("input[name=travel][value=car]").check()
    somebody.page.locator("input[name=slots][value=tu-eve]").check()
    somebody.look("meeting")
    somebody.press("Save and go on")
    for topic in ("network", "applications"):
        somebody.page.locator(f"input[name=topics][value={topic}]").check()
    somebody.choose("How many mentees at a time?", "1")
    somebody.fill_in("What would you like to pass on?", "Wie man hier in der Windkraft anfängt.")
    somebody.look("offer")
    somebody.press("Save and go on")
    somebody.look("profile")
    somebody.press("Send to the coordination")
