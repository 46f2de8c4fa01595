package io.triggerquery.consumer.internal.query;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Checks that every setting of a source has an effect on the client that the source has. Those that protect the source,
 * such as {@code max-calls}, always have one.
 *
 * @param source the source
 * @param settings its settings
 */
public record UnusedSettings(SourceDefinition source, SourceSettings settings) {

    /**
     * Checks the settings of a source whose client is the application's.
     *
     * @param client describes the client
     * @param part the part of the client because of which it is called as it is, or empty
     * @throws FailureAnalyzedException if one has no effect
     */
    public void checkForBean(String client, String part) {
        String advice = source instanceof SourceMethods methods
                ? SourceStyle.of(methods.type()).settingsAdvice()
                : SourceStyle.CLASS.settingsAdvice();
        String reason = part.isEmpty() ? "" : ", and is called as it is because of " + part;
        check(
                settings.ofOwnClient().stream(),
                "the application has " + client + ", which is the source's client" + reason,
                advice);
    }

    /**
     * Checks the settings of a source whose client the application has configured, except for its HTTP client.
     *
     * @throws FailureAnalyzedException if one has no effect
     */
    public void checkFor(ConfiguredFeign client) {
        String type = client.target().type().getName();
        check(
                Stream.of(SourceSettings.URL).filter(settings.written()::contains),
                "the address of " + type + " is the one of its @FeignClient",
                "Set url in @FeignClient or below spring.cloud.openfeign.client.config, and remove this setting.");
        boolean plain =
                client.balancer() == null && !"https".equals(client.address().getScheme());
        check(
                Stream.of("ssl-bundle")
                        .filter(name -> plain && settings.access().sslBundle() != null),
                "the address of " + type + " is not an https address",
                "Change the address to https, or remove the setting.");
    }

    /**
     * Checks the settings about calls for several ids.
     *
     * @param takesMany whether such calls are made
     * @throws FailureAnalyzedException if one has no effect
     */
    public void checkMany(boolean takesMany) {
        check(
                Stream.of(SourceSettings.MAX_IDS)
                        .filter(name -> !takesMany && settings.written().contains(name)),
                source.description() + " is asked for one id at a time",
                "Add a method that takes a list of ids, or remove the setting.");
    }

    private void check(Stream<String> unused, String because, String advice) {
        List<String> names = unused.map(name -> "triggerquery.sources." + source.sourceName() + "." + name)
                .toList();
        if (!names.isEmpty()) {
            throw new FailureAnalyzedException(
                    String.join(", ", names) + " would have no effect, because " + because + ".", advice);
        }
    }
}
