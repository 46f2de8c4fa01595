package io.triggerquery.console.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triggerquery.testbed.Browser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.springframework.core.io.ClassPathResource;

/**
 * Examines each page with axe-core, in light and in dark. With {@code -Dscreenshots} it writes an image of each to
 * {@code docs/images}.
 */
class AccessibilityIT {

    private static final boolean SCREENSHOTS = System.getProperty("screenshots") != null;
    private static final Path IMAGES = Path.of("../docs/images");
    private static final int WIDE = 1360;
    private static final int NARROW = 390;
    private static final String EXAMINE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
                results => done(results.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' '))),
                failure => done(['axe failed: ' + failure]));""";

    private static ChromeDriver browser;
    private static Page page;
    private static String axe;

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void open() throws Exception {
        if (browser == null) {
            Optional<Browser> found = Browser.find();
            assumeTrue(found.isPresent(), "no Chromium with chromedriver on this machine");
            Shop shop = Shop.open();
            axe = new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
            browser = found.get().open();
            page = new Page(browser, "127.0.0.1:" + shop.port() + Shop.CONTEXT);
            page.signIn("ann");
            page.open("?page=producer");
            page.clickText("Send now");
            page.awaitText(".notice", "0 triggers");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "overview, '', bad-",
        "listener, '&listener=bills', no route to the shelf",
        "id, '&listener=bills&id=bad-1', Not settled",
        "consistency, '&listener=copies', ≥ 100",
        "letters, '&listener=bills', a bill without an amount",
        "deferred, '&listener=bills', No trigger is deferred",
        "producer, '', No trigger is waiting",
        "audit, '&strategy=memory-queue', destination=bill",
        "rights, '', You"
    })
    @SuppressWarnings("unchecked")
    void hasNoViolation(String name, String parameters, String content) {
        page.size(WIDE);
        page.open("?page=" + name + parameters);
        page.awaitText("main", content);
        page.awaitText(".live", "Live");
        browser.executeScript(axe);
        for (String theme : List.of("dark", "light")) {
            new Select(page.await("select[aria-label=Theme]")).selectByValue(theme);
            if (SCREENSHOTS) {
                page.write(IMAGES.resolve("console-" + name + "-" + theme + ".png"));
            }
            assertThat((List<String>) browser.executeAsyncScript(EXAMINE))
                    .as(name + " in " + theme)
                    .isEmpty();
        }
        isNotCutOff(name);
    }

    private static void isNotCutOff(String name) {
        // narrower than a window can be
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", NARROW, "height", 844, "deviceScaleFactor", 1, "mobile", false));
        Long width = (Long) browser.executeScript("return document.documentElement.scrollWidth");
        if (SCREENSHOTS) {
            page.write(IMAGES.resolve("console-" + name + "-390.png"));
        }
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        assertThat(width).as("the width of " + name).isLessThanOrEqualTo(NARROW);
    }
}
