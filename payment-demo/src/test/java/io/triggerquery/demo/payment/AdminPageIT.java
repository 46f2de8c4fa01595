package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triggerquery.consumer.projection.TableProjection;
import io.triggerquery.testbed.Browser;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The admin page in a real browser. */
@PaymentTest
class AdminPageIT {

    /** Records the page's timers, which never fire, and counts its requests. */
    private static final String OBSERVE = """
            let last = 0;
            window.timers = new Set();
            window.setTimeout = () => (timers.add(++last), last);
            window.clearTimeout = id => timers.delete(id);
            const ask = window.fetch;
            window.asked = 0;
            window.fetch = (...request) => (window.asked++, ask(...request));
            """;

    private static ChromeDriver browser;

    @LocalServerPort
    int port;

    @Autowired
    Payments payments;

    @Autowired
    TableProjection<Billing> projection;

    @Autowired
    JdbcClient jdbc;

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    /** Skips in each test, because the build counts a class that is skipped as a whole as passed. */
    @BeforeEach
    void openEmptyPage() {
        if (browser == null) {
            Optional<Browser> found = Browser.find();
            assumeTrue(found.isPresent(), "no Chromium with chromedriver on this machine");
            browser = found.get().open();
        }
        jdbc.sql("truncate payment, payment_billing").update();
        browser.get("http://127.0.0.1:" + port + "/");
    }

    @Test
    void createsSamplesAndPagesThroughThem() {
        assertThat(text("#payments tbody")).isEqualTo("No payment matches.");

        makeSamples("120");

        assertThat(text(".note")).isEqualTo("Made 120 sample payments.");
        assertThat(text("#count-all")).isEqualTo("120");
        assertThat(text("#count-not-billed")).isEqualTo("120");
        assertThat(text("#total")).isEqualTo("120 payments");
        assertThat(rows()).hasSize(50);
        String first = text("tbody tr:first-child th");

        click("a[rel=next]");
        assertThat(text("#page")).isEqualTo("Page 2 of 3");
        assertThat(text("tbody tr:first-child th")).isNotEqualTo(first);
        click("a[rel=next]");
        assertThat(rows()).hasSize(20);
        assertThat(browser.findElements(By.cssSelector("a[rel=next]"))).isEmpty();
        click("a[rel=prev]");
        click("a[rel=prev]");
        assertThat(text("tbody tr:first-child th")).isEqualTo(first);
    }

    @Test
    void filtersByBilledAndNotBilled() throws Exception {
        makeSamples("30");
        bill(5);

        choose("billed", "Billed");
        click("#search button");
        assertThat(text("#total")).isEqualTo("5 payments");
        assertThat(texts("td.state")).hasSize(5).containsOnly("Billed");
        assertThat(texts("td.bill .id")).hasSize(5).containsOnly("bill-2026-11-0c9e1f2a77d4");
        assertThat(texts(".version")).hasSize(5).containsOnly("version 2");
        assertThat(texts(".as-of time")).allMatch(age -> age.matches("just now|\\d+ s ago"));

        choose("billed", "Not billed");
        choose("size", "20");
        click("#search button");
        assertThat(text("#total")).isEqualTo("25 payments");
        click("a[rel=next]");
        assertThat(texts("td.state")).hasSize(5).containsOnly("Not billed");
        assertThat(select("billed").getFirstSelectedOption().getText()).isEqualTo("Not billed");

        click("#search a");
        assertThat(text("#total")).isEqualTo("30 payments");
        assertThat(text("#count-billed")).isEqualTo("5");
        Files.write(Path.of("target", "admin-page.png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void filtersByPayerWithKeyboardOnly() {
        payments.create(new NewPayment("Zoë <script>document.title='broken'</script>", BigDecimal.ONE, "EUR"));
        makeSamples("10");

        WebElement payer = browser.findElement(By.name("payer"));
        payer.sendKeys("zoë");
        load(() -> payer.sendKeys(Keys.ENTER));

        assertThat(texts("td.payer")).containsExactly("Zoë <script>document.title='broken'</script>");
        assertThat(text("#total")).isEqualTo("1 payment");
        assertThat(browser.getTitle()).isEqualTo("Payments");
    }

    @Test
    void filtersByDay() {
        makeSamples("3");

        browser.get("http://127.0.0.1:" + port + "/?to=2020-01-01");

        assertThat(text("#payments tbody")).isEqualTo("No payment matches.");
        assertThat(browser.findElement(By.name("to")).getDomProperty("value")).isEqualTo("2020-01-01");
    }

    @Test
    void formsWorkWithoutJavaScript() {
        browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.navigate().refresh();
            assertThat(text("noscript")).contains("does not refresh itself");
            assertThat(browser.findElement(By.id("live")).isDisplayed()).isFalse();

            makeSamples("3");
            assertThat(text("#total")).isEqualTo("3 payments");
            choose("billed", "Billed");
            click("#search button");
            assertThat(text("#payments tbody")).isEqualTo("No payment matches.");
        } finally {
            browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    @Test
    void hiddenTabRequestsCurrentStateOnceWhenVisible() {
        Map<String, Object> script =
                browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", OBSERVE));
        try {
            browser.navigate().refresh();
            browser.manage().window().minimize();
            await("document.hidden");
            assertThat(run("timers.size")).as("timers of a hidden tab").isEqualTo(0L);

            payments.create(new NewPayment("Ada", BigDecimal.ONE, "EUR"));
            browser.manage().window().setSize(new Dimension(1360, 1000));
            await("document.getElementById('total').textContent === '1 payment' && timers.size === 1");
            assertThat(run("asked")).isEqualTo(1L);

            run("Array.from({length: 100}, () => document.dispatchEvent(new Event('visibilitychange')))");
            assertThat(run("asked"))
                    .as("hidden and shown repeatedly before an answer")
                    .isEqualTo(2L);
        } finally {
            browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", script);
        }
    }

    private static Object run(String expression) {
        return browser.executeScript("return " + expression);
    }

    private static void await(String condition) {
        new WebDriverWait(browser, Duration.ofSeconds(10))
                .ignoring(WebDriverException.class)
                .until(any -> Boolean.TRUE.equals(run(condition)));
    }

    private void makeSamples(String count) {
        WebElement field = browser.findElement(By.name("count"));
        field.clear();
        field.sendKeys(count);
        click("#samples button");
    }

    private void bill(int count) {
        jdbc.sql("select id from payment order by id desc limit " + count)
                .query(String.class)
                .list()
                .forEach(id -> RecordedBillings.project(
                        projection,
                        List.of(new Billing(
                                id, true, "bill-2026-11-0c9e1f2a77d4", Instant.now(), BigDecimal.TEN, "EUR", 2))));
    }

    private List<WebElement> rows() {
        return browser.findElements(By.cssSelector("#payments tbody tr"));
    }

    private Select select(String name) {
        return new Select(browser.findElement(By.name(name)));
    }

    private void choose(String name, String option) {
        select(name).selectByVisibleText(option);
    }

    private void click(String css) {
        load(() -> browser.findElement(By.cssSelector(css)).click());
    }

    /**
     * Waits until the action has loaded another page completely. The old page carries a mark, since a driver may answer
     * "unknown error" instead of "stale" for an element whose page is being unloaded (SeleniumHQ/selenium issue 15401).
     * Every call may fail at that moment, so it is repeated.
     */
    private static void load(Runnable action) {
        browser.executeScript("window.left = true");
        action.run();
        await("!window.left && document.readyState === 'complete'");
    }

    private String text(String css) {
        return browser.findElement(By.cssSelector(css)).getText();
    }

    private List<String> texts(String css) {
        return browser.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }
}
