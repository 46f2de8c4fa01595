package io.triggerquery.bench.peer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a peer's process, which are system properties.
 *
 * <table>
 *   <caption>Properties</caption>
 *   <tr><th>name</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code bootstrap}</td><td>required</td><td>the broker's address</td></tr>
 *   <tr><td>{@code topic}, {@code group}, {@code partitions}</td><td>required</td><td>the topic and the group</td></tr>
 *   <tr><td>{@code source}</td><td>required</td><td>base address of the source</td></tr>
 *   <tr><td>{@code secureSource}, {@code certificate}</td><td>none</td>
 *     <td>its base address with TLS, and a file with its certificate, as PEM</td></tr>
 *   <tr><td>{@code ids}</td><td>required</td><td>ids are numbered from 0 or 1 up to this</td></tr>
 *   <tr><td>{@code projection}</td><td>{@code memory}</td><td>{@code memory} or {@code postgres}</td></tr>
 *   <tr><td>{@code jdbcUrl}</td><td>with postgres</td><td>the database, with user and password</td></tr>
 *   <tr><td>{@code inFlight}</td><td>the peer's own</td><td>the number of concurrent queries</td></tr>
 *   <tr><td>{@code retryPauseMillis}</td><td>1000</td>
 *     <td>the pause of peers other than ours before they retry a failure</td></tr>
 *   <tr><td>{@code openLoopStartNanos}, {@code openLoopIntervalNanos}</td><td>none</td>
 *     <td>see {@link OpenLoop}</td></tr>
 *   <tr><td>{@code openLoopFirst}</td><td>0</td><td>the first number that is measured</td></tr>
 * </table>
 *
 * @param topic the topic and the group that reads it
 * @param source the addresses of the source
 * @param ids the largest number of an id
 * @param jdbcUrl the database for the projection, or null for memory
 * @param limits the concurrency, and the pause before a retry
 * @param openLoop the times at which triggers should be sent, or null if time to fresh is not measured
 */
record PeerSettings(
        Topic topic,
        Source source,
        int ids,
        @Nullable String jdbcUrl,
        Limits limits,
        @Nullable OpenLoop openLoop) {

    /** The topic, which is read from its beginning, and the group that reads it. */
    record Topic(String bootstrap, String name, String group, int partitions) {}

    /**
     * The addresses of the source.
     *
     * @param url its base address
     * @param secureUrl its base address with TLS, or null
     * @param certificate a file with the certificate of the latter, as PEM, or null
     */
    record Source(
            URI url, @Nullable URI secureUrl, @Nullable Path certificate) {}

    /**
     * The limits of a peer.
     *
     * @param inFlight the number of concurrent queries, or null for the peer's own
     * @param retryPause the pause before a peer other than the framework retries a failure
     */
    record Limits(@Nullable Integer inFlight, Duration retryPause) {}

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if one is missing or wrong; the message names it
     */
    static PeerSettings of(Properties properties) {
        var given = new ValidatedProperties(properties);
        return new PeerSettings(
                new Topic(
                        given.text("bootstrap"),
                        given.text("topic"),
                        given.text("group"),
                        Math.toIntExact(given.number("partitions"))),
                new Source(
                        URI.create(given.text("source")),
                        given.has("secureSource") ? URI.create(given.text("secureSource")) : null,
                        given.has("certificate") ? Path.of(given.text("certificate")) : null),
                Math.toIntExact(given.number("ids")),
                jdbcUrl(given),
                new Limits(
                        given.has("inFlight") ? Math.toIntExact(given.number("inFlight")) : null,
                        Duration.ofMillis(given.has("retryPauseMillis") ? given.number("retryPauseMillis") : 1_000)),
                given.has("openLoopStartNanos") ? openLoop(given) : null);
    }

    private static OpenLoop openLoop(ValidatedProperties given) {
        return new OpenLoop(
                given.number("openLoopStartNanos"),
                given.number("openLoopIntervalNanos"),
                given.has("openLoopFirst") ? Math.toIntExact(given.number("openLoopFirst")) : 0);
    }

    private static @Nullable String jdbcUrl(ValidatedProperties given) {
        String projection = given.has("projection") ? given.text("projection") : "memory";
        return switch (projection) {
            case "memory" -> null;
            case "postgres" -> given.text("jdbcUrl");
            default ->
                throw new IllegalArgumentException(
                        "There is no projection '" + projection + "'; set -Dprojection=memory or postgres.");
        };
    }

    /** Returns the number of concurrent queries, where the peer's own is this one. */
    int inFlight(int ofPeer) {
        Integer given = limits.inFlight();
        return given == null ? ofPeer : given;
    }
}
