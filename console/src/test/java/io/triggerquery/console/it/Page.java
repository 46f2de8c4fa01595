package io.triggerquery.console.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console in a browser, driven by a test. */
record Page(ChromeDriver browser, String address) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int HEIGHT = 1000;

    /** Opens a page. {@code query} follows the console's address. */
    void open(String query) {
        browser.get("http://" + address + "/triggerquery/" + query);
        await("main h1");
    }

    void signIn(String user) {
        browser.get("http://" + user + ":" + user.charAt(0) + "@" + address + "/triggerquery/");
        await("main h1");
    }

    WebElement await(String css) {
        return waiting().until(any -> {
            List<WebElement> found = browser.findElements(By.cssSelector(css));
            return found.isEmpty() ? null : found.get(0);
        });
    }

    void awaitText(String css, String text) {
        waiting()
                .withMessage(() -> css + " says " + text(css))
                .until(any -> text(css).contains(text));
    }

    void await(BooleanSupplier condition) {
        waiting().until(any -> condition.getAsBoolean());
    }

    void await(BooleanSupplier condition, Duration patience) {
        new WebDriverWait(browser, patience)
                .ignoring(StaleElementReferenceException.class)
                .until(any -> condition.getAsBoolean());
    }

    private WebDriverWait waiting() {
        var waiting = new WebDriverWait(browser, PATIENCE, Duration.ofMillis(100));
        waiting.ignoring(StaleElementReferenceException.class);
        return waiting;
    }

    /** Returns the text of all matching elements as one string. */
    String text(String css) {
        return String.join(
                "\n",
                browser.findElements(By.cssSelector(css)).stream()
                        .map(WebElement::getText)
                        .toList());
    }

    void click(String css) {
        await(css).click();
    }

    /** Clicks the link or button with this text. */
    void clickText(String text) {
        waiting().until(any -> {
            List<WebElement> found = browser.findElements(
                    By.xpath("//a[normalize-space()='" + text + "'] | //button[normalize-space()='" + text + "']"));
            if (found.isEmpty()) {
                return null;
            }
            found.get(0).click();
            return true;
        });
    }

    int count(String css) {
        return browser.findElements(By.cssSelector(css)).size();
    }

    void size(int width) {
        browser.manage().window().setSize(new Dimension(width, HEIGHT));
    }

    /** Returns the errors of the browser, such as a violation of the content security policy. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void write(Path image) {
        try {
            Files.createDirectories(image.toAbsolutePath().getParent());
            Files.write(image, browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
