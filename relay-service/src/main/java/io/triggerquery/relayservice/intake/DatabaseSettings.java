package io.triggerquery.relayservice.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds the settings that depend on the database's driver: the table's script, and timeouts, which drivers count in
 * different units. Every other source of settings has precedence.
 */
final class DatabaseSettings implements EnvironmentPostProcessor {

    /** The setting with the database's address. */
    static final String URL = "spring.datasource.url";

    private static final Map<String, String> FILES = Map.of(
            "postgresql", "postgresql",
            "mariadb", "mysql",
            "mysql", "mysql",
            "h2", "h2");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        file(environment.getProperty(URL, "")).ifPresent(name -> {
            try {
                environment
                        .getPropertySources()
                        .addLast(new ResourcePropertySource(new ClassPathResource("database/" + name + ".properties")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Checks that a database is named, and that it can be used.
     *
     * @throws IllegalStateException with a sentence that does not repeat the address, which may contain a password
     */
    static void check(String url) {
        if (url.isBlank()) {
            throw new IllegalStateException("DATABASE_URL is not set: name a PostgreSQL, MariaDB, MySQL or H2 database,"
                    + " such as jdbc:postgresql://127.0.0.1:5432/relay.");
        }
        if (file(url).isEmpty()) {
            throw new IllegalStateException("DATABASE_URL must start with jdbc:postgresql:, jdbc:mariadb: (also for"
                    + " MySQL) or jdbc:h2:, such as jdbc:postgresql://127.0.0.1:5432/relay.");
        }
    }

    private static Optional<String> file(String url) {
        String[] parts = url.split(":", 3);
        return parts.length == 3 && parts[0].equals("jdbc")
                ? Optional.ofNullable(FILES.get(parts[1]))
                : Optional.empty();
    }
}
