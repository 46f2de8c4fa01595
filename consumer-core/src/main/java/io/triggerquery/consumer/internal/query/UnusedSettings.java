package io.triggerquery.consumer.internal.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The settings of a source that have no effect on its client. Those that protect the source, such as {@code max-calls},
 * always have one.
 *
 * <p>Threads: one, while the application starts.
 */
public final class UnusedSettings {

    private final SourceDefinition source;
    private final SourceSettings settings;
    private final Map<String, Reason> unused = new LinkedHashMap<>();

    /** Why a setting has no effect, and what to do instead. */
    private record Reason(String because, String advice) {}

    /**
     * Creates an instance without unused settings.
     *
     * @param source the source
     * @param settings its settings
     */
    public UnusedSettings(SourceDefinition source, SourceSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    /**
     * Adds the settings without effect on a client of the application.
     *
     * @param client describes the client
     * @param part the part of the client because of which it is called as it is, or empty
     */
    public void addForBean(String client, String part) {
        String advice = source instanceof SourceMethods methods
                ? SourceStyle.of(methods.type()).settingsAdvice()
                : SourceStyle.CLASS.settingsAdvice();
        String reason = part.isEmpty() ? "" : ", and is called as it is because of " + part;
        add(
                settings.ofOwnClient().stream(),
                "the application has " + client + ", which is the source's client" + reason,
                advice);
    }

    /** Adds the settings without effect on a client that the application has configured, except for its HTTP client. */
    public void addFor(ConfiguredFeign client) {
        String type = client.target().type().getName();
        add(
                Stream.of(SourceSettings.URL).filter(settings.written()::contains),
                "the address of " + type + " is the one of its @FeignClient",
                "Set url in @FeignClient or below spring.cloud.openfeign.client.config, and remove this setting.");
        boolean plain =
                client.balancer() == null && !"https".equals(client.address().getScheme());
        add(
                Stream.of("ssl-bundle")
                        .filter(name -> plain && settings.access().sslBundle() != null),
                "the address of " + type + " is not an https address",
                "Change the address to https, or remove the setting.");
    }

    /**
     * Adds the settings about calls for several ids, unless such calls are made.
     *
     * @param takesMany whether they are made
     */
    public void addUnlessMany(boolean takesMany) {
        add(
                Stream.of(SourceSettings.MAX_IDS)
                        .filter(name -> !takesMany && settings.written().contains(name)),
                source.description() + " is asked for one id at a time",
                "Add a method that takes a list of ids, or remove the setting.");
    }

    private void add(Stream<String> names, String because, String advice) {
        names.forEach(name -> unused.put(name, new Reason(because, advice)));
    }

    /** Returns these settings without those that have an effect on another client of the same source. */
    public UnusedSettings andOf(UnusedSettings other) {
        unused.keySet().retainAll(other.unused.keySet());
        return this;
    }

    /**
     * Checks that there are none.
     *
     * @throws FailureAnalyzedException if there are
     */
    public void check() {
        unused.values().stream().findFirst().ifPresent(reason -> {
            List<String> names = unused.keySet().stream()
                    .filter(name -> reason.equals(unused.get(name)))
                    .map(name -> "triggerquery.sources." + source.sourceName() + "." + name)
                    .toList();
            throw new FailureAnalyzedException(
                    String.join(", ", names) + " would have no effect, because " + reason.because() + ".",
                    reason.advice());
        });
    }
}
