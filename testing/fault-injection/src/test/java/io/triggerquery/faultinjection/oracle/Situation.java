package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.child.Child;
import io.triggerquery.faultinjection.child.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The services of a run and their settings, independent of strategy and fault. */
public enum Situation {
    /** One service with the defaults of Spring and PostgreSQL, which publishes with the change. */
    PLAIN(Map.of()),
    /** The connections of its pool do not commit automatically. */
    NO_AUTO_COMMIT(Map.of(Situation.AUTO_COMMIT, "false")),
    /** It publishes before its commits. */
    BEFORE_COMMIT(Map.of(Child.PHASE, Phase.BEFORE_COMMIT.name())),
    /** It publishes after its commits, on a pool that rolls back later writes without a commit. */
    AFTER_COMMIT(Map.of(Child.PHASE, Phase.AFTER_COMMIT.name(), Situation.AUTO_COMMIT, "false")),
    /** Two instances, which can conflict, whose transactions have this isolation, including the relay's. */
    REPEATABLE_READ(Map.of(Situation.ISOLATION, "TRANSACTION_REPEATABLE_READ"), "a", "a"),
    /** Two instances with the highest isolation. */
    SERIALIZABLE(Map.of(Situation.ISOLATION, "TRANSACTION_SERIALIZABLE"), "a", "a"),
    /** Two instances. */
    TWO_INSTANCES(Map.of(), "a", "a"),
    /** Two applications with a topic each use the same database, broker and relay service. */
    TWO_APPLICATIONS(Map.of(), "a", "b");

    private static final String AUTO_COMMIT = "spring.datasource.hikari.auto-commit";
    private static final String ISOLATION = "spring.datasource.hikari.transaction-isolation";

    private final Map<String, String> settings;
    private final List<String> services;

    Situation(Map<String, String> settings) {
        this(settings, "a");
    }

    Situation(Map<String, String> settings, String... services) {
        this.settings = settings;
        this.services = List.of(services);
    }

    /** Returns the settings by full name. */
    Map<String, String> settings() {
        return settings;
    }

    /** Returns the application of each service of a run. */
    List<Application> services(String run, Strategy strategy) {
        return services.stream()
                .map(name -> Application.of(name, run, strategy.needsRelayService()))
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the situation of this name. */
    public static Situation of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
