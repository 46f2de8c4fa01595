package io.triggerquery.console.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triggerquery.testbed.Browser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pages whose stream of overviews freezes, ends or is rejected, and hidden pages. */
class LivePageIT {

    private static final int WIDE = 1360;
    private static final String LISTENER = "?page=listener&listener=old";

    /**
     * Records the streams of a page, and shortens the 10 s after which a hidden page closes its stream and, if {@code
     * window.hurry} is true, the 6 s after which a page without events asks for an overview.
     */
    private static final String PREPARE = """
            window.streams = [];
            window.EventSource = class extends EventSource {
              constructor(...given) {
                super(...given);
                streams.push(this);
              }
            };
            const later = window.setTimeout;
            window.setTimeout = (action, pause, ...given) =>
              later(action, pause === 10000 ? 0 : pause === 6000 && window.hurry ? 200 : pause, ...given);""";

    private static final String OPERATE = """
            const [operation, done] = arguments;
            import(location.origin + location.pathname + 'api.js')
              .then(api => api.operate('consumer', { listener: 'old', operation }))
              .then(() => done(null), failure => done(String(failure)));""";

    /** Waits until another console shows that the listener is paused. */
    private static final String PAUSED = """
            const done = arguments[0];
            const other = new EventSource('api/events');
            other.addEventListener('overview', event => {
              const { fleet } = JSON.parse(event.data).parts.consumer.listeners.find(one => one.report.id === 'old');
              if (fleet.pause) {
                other.close();
                streams.pop();
                done(null);
              }
            });""";

    private static final String RENEW = "streams.at(-1).dispatchEvent(new MessageEvent('renew'))";

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

    @BeforeEach
    void open() throws Exception {
        if (browser == null) {
            Optional<Browser> found = Browser.find();
            assumeTrue(found.isPresent(), "no Chromium with chromedriver on this machine");
            shop = Shop.open();
            proxy = new Proxy(shop.port());
            browser = found.get().open();
            browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PREPARE));
            new Page(browser, proxy.address()).signIn("ann");
        }
        page = new Page(browser, proxy.address());
        page.open(LISTENER);
        page.awaitText(".live", "Live");
        page.awaitText("main", "ids are stuck");
    }

    @AfterEach
    void resume() {
        if (browser != null) {
            operate("resume");
        }
    }

    private static void operate(String operation) {
        assertThat(browser.executeAsyncScript(OPERATE, operation)).isNull();
    }

    private static void pauseElsewhere() {
        operate("pause");
        assertThat(browser.executeAsyncScript(PAUSED)).isNull();
    }

    /** Returns the number of streams that the page has open. */
    private static long openStreams() {
        return (long)
                browser.executeScript("return streams.filter(one => one.readyState !== EventSource.CLOSED).length");
    }

    @Test
    void reconnectsAfterNetworkOutage() throws Exception {
        proxy.down();
        page.awaitText(".live", "Connection lost");
        proxy.up();
        page.awaitText(".live", "Live");
    }

    @Test
    void pageShowsChangesAlthoughProxyBuffersStream() {
        browser.executeScript("window.hurry = true");
        proxy.keepEvents(true);
        try {
            browser.executeScript(RENEW);
            operate("pause");
            page.awaitText("h1", "paused");
            page.awaitText(".live", "Live");
        } finally {
            proxy.keepEvents(false);
        }
    }

    @Test
    void pageOperatesAfterUserHasSignedInElsewhere() {
        proxy.signOut(true);
        try {
            browser.executeScript(RENEW);
            page.awaitText(".live", "Signed out");
            assertThat(browser.executeAsyncScript(OPERATE, "pause")).asString().contains("Signed out");
        } finally {
            proxy.signOut(false);
        }
        browser.manage().deleteCookieNamed("JSESSIONID"); // another session, with another token
        page.awaitText(".live", "Live");
        operate("pause");
    }

    @Test
    void frozenPageDoesNotChangeAndLosesNothing() {
        page.clickText("Freeze");
        page.awaitText(".live", "Frozen at ");
        String frozen = page.text("header, main");
        pauseElsewhere();

        assertThat(page.text("header, main")).isEqualTo(frozen);
        assertThat(openStreams()).isZero();
        page.clickText("Publishing");
        page.awaitText("h1", "Publishing");
        assertThat(frozen).contains(page.text(".live"));
        browser.navigate().back();

        page.clickText("Freeze");
        page.awaitText("h1", "paused");
        page.awaitText(".live", "Live");
        assertThat(openStreams()).isOne();
    }

    @Test
    void hiddenPageShowsCurrentStateWhenVisible() {
        browser.manage().window().minimize();
        try {
            page.await(() -> openStreams() == 0);
            pauseElsewhere();
            assertThat(browser.executeScript("return document.visibilityState")).isEqualTo("hidden");
            assertThat(page.text("h1")).doesNotContain("paused");
            assertThat(page.text(".live")).contains("Connecting");
        } finally {
            page.size(WIDE);
        }

        page.awaitText("h1", "paused");
        page.awaitText(".live", "Live");
        assertThat(openStreams()).isOne();
    }

    @Test
    @SuppressWarnings("unchecked")
    void newStreamDoesNotChangePage() {
        browser.executeScript("""
                window.shown = [];
                const live = document.querySelector('.live');
                new MutationObserver(() => shown.push(live.innerText)).observe(live,
                  { subtree: true, childList: true, characterData: true });""");
        browser.executeScript(RENEW);

        page.await(() -> (long) browser.executeScript("return shown.length") > 1);
        assertThat((List<String>) browser.executeScript("return shown")).allMatch(text -> text.startsWith("Live, "));
        assertThat(browser.executeScript("return streams.length")).isEqualTo(2L);
        assertThat(openStreams()).isOne();
    }

    @Test
    void userWithoutRoleIsRejectedByNextStream() {
        shop.give("tim", "VIEWER");
        var another = new Page(browser, proxy.address().replace("127.0.0.1", "localhost"));
        another.signIn("tim");
        another.awaitText(".live", "Live");
        shop.give("tim", "CUSTOMER");
        browser.executeScript(RENEW);
        another.awaitText(".live", "no longer permitted");
        assertThat(openStreams()).isZero();

        shop.give("tim", "OPERATOR");
        another.awaitText(".live", "Live");
    }
}
