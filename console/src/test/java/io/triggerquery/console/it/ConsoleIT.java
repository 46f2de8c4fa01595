package io.triggerquery.console.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triggerquery.testbed.Browser;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;

/** The console in a real browser, behind a reverse proxy that adds a prefix to the application's context path. */
class ConsoleIT {

    private static Shop shop;
    private static Proxy proxy;
    private static ChromeDriver browser;

    private Page page;

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
            proxy.close();
        }
    }

    /** Skips in each test, because the build counts a class that is skipped as a whole as passed. */
    @BeforeEach
    void open() throws Exception {
        if (browser == null) {
            Optional<Browser> found = Browser.find();
            assumeTrue(found.isPresent(), "no Chromium with chromedriver on this machine");
            shop = Shop.open();
            proxy = new Proxy(shop.port());
            browser = found.get().open();
            new Page(browser, proxy.address()).signIn("ann");
        }
        page = new Page(browser, proxy.address());
    }

    /** In every test, markup stays text and the content security policy is not violated. */
    @AfterEach
    void nothingWasExecuted() {
        if (browser == null) {
            return;
        }
        assertThat(browser.getTitle()).doesNotContain("broken");
        assertThat(page.count("main img, main b, dialog img, .notices img")).isZero();
        assertThat(page.complaints())
                .filteredOn(line -> !line.contains("Failed to load resource"))
                .isEmpty();
    }

    @Test
    void clicksFromOverviewToPageOfAnId() {
        page.open("");
        page.awaitText("main", "bad-");
        page.clickText("bills");
        page.awaitText("h1", "bills");
        page.awaitText("main", "no route to the shelf <img");
        assertThat(page.text("main")).contains("bills-0", "bills-shop-retry-2");

        page.clickText("bad-1");
        page.awaitText(".timeline", "Failed");
        assertThat(page.text(".timeline")).contains("Trigger sent", "Received", "bills-", "Not settled");
        assertThat(page.text(".lead")).contains("Next attempt: in ");
        assertThat(browser.getCurrentUrl()).endsWith("/triggerquery/?page=id&listener=bills&id=bad-1");

        page.clickText("Ask the source");
        page.awaitText(".answer", "failed");
        browser.navigate().back();
        page.awaitText("h1", "bills");
    }

    @Test
    void replaysSelectedDeadLettersAfterConfirmingTheirNumber() {
        page.open("?page=letters&listener=bills");
        page.awaitText("main", "a bill without an amount <img");
        page.clickText("java.lang.IllegalArgumentException");
        page.awaitText("tbody tr.chosen", "IllegalArgumentException");
        String rows = "table[aria-label='Dead letters'] tbody tr";
        page.await(() -> page.count(rows) == 8 && !page.text(rows).contains("JSON"));
        browser.findElements(By.cssSelector("tbody input")).subList(0, 3).forEach(WebElement::click);
        page.clickText("Replay 3");
        page.awaitText("dialog h2", "Replay 3 dead letters?");

        page.click("dialog button[type=submit]");
        page.awaitText(".notice", "3 dead letters were replayed.");
        page.awaitText(".notice", "3");
        page.open("?page=audit&listener=bills");
        page.awaitText("tbody", "letters=bills-dlt-");
        assertThat(page.text("tbody tr:first-child")).contains("ann", "replay", "executed");
    }

    @Test
    void discardsAllDeadLettersOfAReason() {
        page.open("?page=letters&listener=bills&reason=not-a-trigger");
        page.awaitText("tbody tr.chosen", "not-a-trigger");
        page.click("tr.chosen button:last-of-type");
        page.awaitText("dialog h2", "Discard 1 dead letters?");
        page.click("dialog button.danger");
        page.awaitText(".notice", "1 dead letters were discarded.");
        page.await(() -> page.count("tr.chosen") == 0);
    }

    @Test
    void pausesAndResumesListenerWithKeyboard() {
        page.open("?page=listener&listener=old");
        page.awaitText("main", "stale-");
        WebElement pause = browser.findElement(By.xpath("//button[normalize-space()='Pause']"));
        pause.sendKeys(Keys.ENTER);
        browser.switchTo().activeElement(); // the dialog has the focus
        page.await("dialog input[name=reason]").sendKeys("a look at <b>it</b>");
        page.await("dialog input[name=until]").sendKeys("2h", Keys.ENTER);
        page.awaitText(".notice", "Reading pauses in all instances");
        page.awaitText("h1", "paused");
        assertThat(page.text("main")).contains("Paused by ann", "a look at <b>it</b>", "Until ");

        page.clickText("Resume");
        page.awaitText(".notice", "Reading resumes");
        page.await(() -> !page.text("h1").contains("paused"));
    }

    @Test
    void showsErrorOfTheEndpoint() {
        page.open("?page=listener&listener=old");
        page.awaitText("main", "stale-");
        page.clickText("Pause");
        page.await("dialog input[name=until]").sendKeys("yesterday", Keys.ENTER);

        page.awaitText(".notice.failed", "until is yesterday, which is neither a time");
    }

    @Test
    void showsTenThousandStuckIdsInPagesOfFifty() {
        page.open("?page=listener&listener=old");
        page.awaitText("main", Shop.STALE_IDS / 1000 + ",000 ids are stuck");
        assertThat(page.text("main")).contains("answer too old", "The 1,000 that have been stuck longest are listed.");
        assertThat(page.count("tr")).isLessThan(80);

        page.clickText("Next");
        page.awaitText(".pager", "51 to 100 of 1,000");
        assertThat(browser.getCurrentUrl()).contains("from=50");
        assertThat(page.count("tr")).isLessThan(80);
    }

    /** The percentiles and the work left of four instances, one of them silent, and of none. */
    @Test
    void addsUpFiguresOfAllInstances() {
        page.open("");

        assertThat(browser.executeAsyncScript("""
                const done = arguments[0];
                const one = (gone, staleness, workLeft) => ({ gone, status: { staleness, workLeft } });
                const group = { fleet: { instances: [one(false, { 19: 98, 1024: 1 }, 3.5), one(false, { 19: 1 }, null),
                  one(true, { 9999: 500 }, 80), one(false, {}, 12)] } };
                import(location.origin + location.pathname + 'status.js').then(of => done([
                  of.stalenessOf(group, 0.5), of.stalenessOf(group, 0.99), of.stalenessOf(group, 0.999),
                  of.workLeftOf(of.statusesOf(group)), of.workLeftOf([]), of.stalenessOf({ fleet: { instances: [] } }, 0.5),
                ]));""")).asString().isEqualTo("[0.019, 0.019, 1.024, 12, null, null]");
    }

    @Test
    void showsWrongIdsAndCauses() {
        page.open("");
        page.awaitText("tbody", "≥ 100 persist");
        assertThat(page.text(".cards")).contains("Known violations\n≥ 100");

        page.click("tbody a[href*='page=consistency']");
        page.awaitText("h1", "Consistency");
        page.awaitText("main", "Known violations that persist: ≥ 100");
        assertThat(page.text("main"))
                .contains("≥ 80 more persist and are not listed.", "Found since the start: ", Shop.SILENT + ": 3");
        assertThat(page.text("table[aria-label=Consistency]"))
                .contains("1 s after the trigger", "ids that the projection lists");
        assertThat(page.text("table[aria-label=Causes]")).contains("no trigger was sent", "code that does not publish");
        String rows = "table[aria-label=Violations] tbody tr";
        assertThat(page.count(rows)).isBetween(20, 40);
        assertThat(page.text(rows + ":first-child"))
                .contains("copy-", "persists", "1 0", "ids that the projection lists");

        page.click(rows + ":first-child a");
        page.awaitText("h1", "copy-");
        assertThat(browser.getCurrentUrl()).contains("?page=id&listener=copies&id=copy-");
    }

    @Test
    void showsThatListenerHasNoMonitor() {
        page.open("?page=consistency&listener=bills");

        page.awaitText("main", "the listener has no bean of type ProjectedVersions");
    }

    @Test
    void showsPublishers() {
        page.open("?page=producer");
        page.awaitText("main", "memory-queue");
        page.awaitText("main", "No trigger is waiting.");
        assertThat(page.text("main")).contains("bill", "open");

        page.clickText("Send now");
        page.awaitText(".notice", "0 triggers");

        page.clickText("Audit");
        page.awaitText("h1", "Audit");
        new Select(page.await("main select")).selectByVisibleText("memory-queue");
        page.awaitText("tbody", "destination=bill");
        assertThat(page.text("tbody tr:first-child")).contains("ann", "retry", "executed", "0 triggers");
        assertThat(browser.getCurrentUrl()).endsWith("?page=audit&strategy=memory-queue");
    }

    @Test
    void findsUnknownIdWithMarkup() {
        page.open("?page=listener&listener=bills");
        page.await("input[name=id]").sendKeys("a/b?c=<img src=x>&d#e", Keys.ENTER);

        page.awaitText("h1", "a/b?c=<img src=x>&d#e");
        page.awaitText("main", "This is not a valid id");
    }

    @Test
    void showsThatInstanceDoesNotAnswer() {
        page.open("?page=overview");
        page.awaitText("main", Shop.SILENT);
        page.await(() -> page.text("main").contains("not responding"), Duration.ofSeconds(30));

        assertThat(page.text(".cards")).contains("Instances\n2\n1 not responding");
        assertThat(page.text("tbody")).contains(Shop.SILENT + " not responding");
    }

    @Test
    void explainsWhyReaderMayNotOperate() {
        var reader = new Page(browser, proxy.address().replace("127.0.0.1", "localhost"));
        reader.signIn("ray");
        reader.open("?page=listener&listener=old");
        WebElement pause = reader.await("main .actions button");
        assertThat(pause.getDomAttribute("aria-disabled")).isEqualTo("true");
        assertThat(pause.getDomAttribute("title")).isEqualTo("You do not have the role OPERATOR.");
        pause.click();
        reader.awaitText(".notice.failed", "You do not have the role OPERATOR.");
        assertThat(reader.count("dialog")).isZero();

        reader.clickText("Your rights");
        reader.awaitText("h1", "Your rights");
        assertThat(reader.text("main")).contains("ray", "You do not have the role OPERATOR.");
    }

    @Test
    void isAvailableInChinese() {
        page.open("");
        new Select(page.await("select[aria-label=Language]")).selectByVisibleText("中文");
        page.awaitText("h1", "总览");
        page.awaitText("main", "监听器");
        assertThat(browser.findElement(By.tagName("html")).getDomAttribute("lang"))
                .isEqualTo("zh-CN");
        new Select(page.await("select[aria-label=语言]")).selectByVisibleText("English");
        page.awaitText("h1", "Overview");
    }
}
