package io.triggerquery.proof.oracle;

import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.child.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which services a run has and what they are set to, whatever the strategy and the fault are. */
public enum Situation {
    /** One, with Spring's and PostgreSQL's defaults, which publishes where it changes something. */
    PLAIN(Map.of()),
    /** Its pool gives connections that do not commit by themselves. */
    NO_AUTO_COMMIT(Map.of(Situation.AUTO_COMMIT, "false")),
    /** It publishes when its commits are asked for. */
    BEFORE_COMMIT(Map.of(Child.PHASE, Phase.BEFORE_COMMIT.name())),
    /** It publishes when its commits have returned, on a pool that rolls back what is written then and not committed. */
    AFTER_COMMIT(Map.of(Child.PHASE, Phase.AFTER_COMMIT.name(), Situation.AUTO_COMMIT, "false")),
    /** Its pool's transactions are isolated so, the relay's among them; there are two instances, which can conflict. */
    REPEATABLE_READ(Map.of(Situation.ISOLATION, "TRANSACTION_REPEATABLE_READ"), "a", "a"),
    /** The same with the highest isolation. */
    SERIALIZABLE(Map.of(Situation.ISOLATION, "TRANSACTION_SERIALIZABLE"), "a", "a"),
    /** There are two instances of it. */
    TWO_INSTANCES(Map.of(), "a", "a"),
    /** Two applications with a topic each share the database, the broker and the relay service. */
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

    /** By their full names. */
    Map<String, String> settings() {
        return settings;
    }

    /** The application of each service of a run. */
    List<Application> services(String run, Strategy strategy) {
        return services.stream()
                .map(name -> Application.of(name, run, strategy.needsRelayService()))
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of that name. */
    public static Situation of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
