package io.triggerquery.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The browser and the driver found on this machine, for tests of pages. Nothing is downloaded. */
public record Browser(Path browser, Path driver) {

    private static final List<Path> FOLDERS = Stream.concat(
                    Stream.of("/usr/bin"),
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
            .map(Path::of)
            .toList();

    /** Returns Chromium with its driver, if this machine has both. */
    public static Optional<Browser> find() {
        return find("chromium", "chromium-browser", "google-chrome")
                .flatMap(browser -> find("chromedriver").map(driver -> new Browser(browser, driver)));
    }

    /** Opens a window without a screen. */
    public ChromeDriver open() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                "--window-size=1360,1000",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .build();
        return new ChromeDriver(service, options);
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(name -> FOLDERS.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
