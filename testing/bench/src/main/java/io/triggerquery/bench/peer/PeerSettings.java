package io.triggerquery.bench.peer;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a peer process is told, as system properties.
 *
 * <table>
 *   <caption>Properties</caption>
 *   <tr><th>name</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code bootstrap}</td><td>required</td><td>the broker's address</td></tr>
 *   <tr><td>{@code topic}, {@code group}, {@code partitions}</td><td>required</td><td>what is read</td></tr>
 *   <tr><td>{@code source}</td><td>required</td><td>base address of the source</td></tr>
 *   <tr><td>{@code ids}</td><td>required</td><td>ids are numbered from 0 or 1 up to this</td></tr>
 *   <tr><td>{@code projection}</td><td>{@code memory}</td><td>{@code memory} or {@code postgres}</td></tr>
 *   <tr><td>{@code jdbcUrl}</td><td>with postgres</td><td>the database, with user and password</td></tr>
 *   <tr><td>{@code inFlight}</td><td>the peer's own</td><td>how many queries at once</td></tr>
 *   <tr><td>{@code retryPauseMillis}</td><td>1000</td>
 *     <td>the pause of peers other than ours before they retry a failure</td></tr>
 *   <tr><td>{@code openLoopStartNanos}, {@code openLoopIntervalNanos}</td><td>none</td>
 *     <td>see {@link OpenLoop}</td></tr>
 *   <tr><td>{@code openLoopFirst}</td><td>0</td><td>the first number that counts</td></tr>
 * </table>
 *
 * @param topic what is read
 * @param source base address of the source
 * @param ids how many ids there are
 * @param jdbcUrl the database that states are projected into, or null for memory
 * @param limits how much at once, and how soon again
 * @param openLoop when triggers were meant to be sent, or null if that does not matter
 */
record PeerSettings(
        Topic topic,
        URI source,
        int ids,
        @Nullable String jdbcUrl,
        Limits limits,
        @Nullable OpenLoop openLoop) {

    /** What is read, from the beginning, by which group. */
    record Topic(String bootstrap, String name, String group, int partitions) {}

    /**
     * How much at once, and how soon again.
     *
     * @param inFlight how many queries at once, or null for what the peer's name says
     * @param retryPause how long a peer other than ours waits before it tries what failed again
     */
    record Limits(@Nullable Integer inFlight, Duration retryPause) {}

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if one is missing or wrong; names it
     */
    static PeerSettings of(Properties properties) {
        var given = new GivenProperties(properties);
        return new PeerSettings(
                new Topic(
                        given.text("bootstrap"),
                        given.text("topic"),
                        given.text("group"),
                        Math.toIntExact(given.number("partitions"))),
                URI.create(given.text("source")),
                Math.toIntExact(given.number("ids")),
                jdbcUrl(given),
                new Limits(
                        given.has("inFlight") ? Math.toIntExact(given.number("inFlight")) : null,
                        Duration.ofMillis(given.has("retryPauseMillis") ? given.number("retryPauseMillis") : 1_000)),
                given.has("openLoopStartNanos") ? openLoop(given) : null);
    }

    private static OpenLoop openLoop(GivenProperties given) {
        return new OpenLoop(
                given.number("openLoopStartNanos"),
                given.number("openLoopIntervalNanos"),
                given.has("openLoopFirst") ? Math.toIntExact(given.number("openLoopFirst")) : 0);
    }

    private static @Nullable String jdbcUrl(GivenProperties given) {
        String projection = given.has("projection") ? given.text("projection") : "memory";
        return switch (projection) {
            case "memory" -> null;
            case "postgres" -> given.text("jdbcUrl");
            default ->
                throw new IllegalArgumentException(
                        "There is no projection '" + projection + "'; say -Dprojection=memory or postgres.");
        };
    }

    /** How many queries at once, where the peer's name says so many. */
    int inFlight(int ofPeer) {
        Integer given = limits.inFlight();
        return given == null ? ofPeer : given;
    }
}
