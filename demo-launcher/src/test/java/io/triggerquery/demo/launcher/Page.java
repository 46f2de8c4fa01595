package io.triggerquery.demo.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A page of a service in a browser. */
record Page(ChromeDriver browser, String address) {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final int HEIGHT = 1000;
    private static final int NARROW = 390;
    private static final int WIDE = 1280;

    // elements whose content may be cut off, such as a long reason, are excluded
    private static final String OVERFLOWING = """
            return [document.documentElement, ...document.querySelectorAll('body *')]
                .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
                .filter(e => !['SELECT', 'INPUT', 'SPAN', 'A', 'TIME'].includes(e.tagName))
                .map(e => e.tagName + '#' + e.id + '.' + e.className);
            """;

    private static final String VIOLATIONS = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']})
                .then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))));
            """;

    void open() {
        browser.get(address + "/");
    }

    String text(String css) {
        return String.join(
                "\n",
                browser.findElements(By.cssSelector(css)).stream()
                        .map(WebElement::getText)
                        .toList());
    }

    int count(String css) {
        return browser.findElements(By.cssSelector(css)).size();
    }

    /** Waits until the script of the page shows a text. Does not load the page again. */
    void awaitText(String css, String text) {
        await(() -> text(css).contains(text), () -> "%s to contain %s: %s".formatted(css, text, text("main")));
    }

    void await(BooleanSupplier condition, Supplier<String> what) {
        new WebDriverWait(browser, TIMEOUT)
                .withMessage(what)
                .ignoring(WebDriverException.class)
                .until(any -> condition.getAsBoolean());
    }

    void focus(String css) {
        browser.executeScript("document.querySelector(arguments[0]).focus()", css);
    }

    String focused() {
        return String.valueOf(browser.executeScript("return document.activeElement.id"));
    }

    /** Runs actions with pages whose own scripts are disabled. The scripts of this test still run. */
    void withoutJavaScript(Runnable actions) {
        browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            actions.run();
        } finally {
            browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    /** Clicks a button of a form, and waits until the next page is loaded. A mark identifies the old page. */
    void submit(String css) {
        browser.executeScript("window.left = true");
        browser.executeScript("document.querySelector(arguments[0]).click()", css);
        await(
                () -> Boolean.TRUE.equals(
                        browser.executeScript("return !window.left && document.readyState === 'complete'")),
                () -> css + " to load a page");
    }

    /** Checks the page in both colour schemes and widths, and takes screenshots if {@code -Dscreenshots} is set. */
    List<String> problems(String image) {
        return Stream.of(
                        problems(image, WIDE, "light"),
                        problems(image + "-dark", WIDE, "dark"),
                        problems(image + "-390", NARROW, "light"))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> problems(String image, int width, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        if (System.getProperty("screenshots") != null) {
            write(IMAGES.resolve(image + ".png"));
        }
        browser.executeScript(axe());
        List<String> found = new ArrayList<>(strings(browser.executeAsyncScript(VIOLATIONS)));
        found.addAll(strings(browser.executeScript(OVERFLOWING)));
        return found.stream().map(line -> image + ": " + line).toList();
    }

    private static List<String> strings(Object answer) {
        return ((List<?>) Objects.requireNonNull(answer))
                .stream().map(String::valueOf).toList();
    }

    private void write(Path image) {
        Object height = browser.executeScript("return document.documentElement.scrollHeight");
        long shown = Math.min(((Number) Objects.requireNonNull(height)).longValue(), HEIGHT);
        Object width = browser.executeScript("return innerWidth");
        Map<String, Object> picture = browser.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", Objects.requireNonNull(width), "height", shown, "scale", 1)));
        try {
            Files.createDirectories(image.getParent());
            Files.write(image, Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String axe() {
        try (InputStream script = Page.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
