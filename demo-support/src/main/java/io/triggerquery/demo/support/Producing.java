package io.triggerquery.demo.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of a service that have not been sent, as the endpoint {@code triggerproducer} reports them. Templates
 * read the public methods.
 *
 * @param storeFailure why the store fails, or null
 * @param pending the number of triggers that wait; null if the store cannot be read, like the two others
 * @param destinations the state of each destination
 */
public record Producing(
        String strategy,
        @Nullable String storeFailure,
        @Nullable Long pending,
        @Nullable Duration oldestAge,
        @Nullable Long parked,
        Map<String, String> destinations) {

    /** The answer of the endpoint. */
    record Reports(List<Producing> strategies) {}

    /** Returns whether the store and all destinations can be used. */
    public boolean isWell() {
        return storeFailure == null
                && (parked == null || parked == 0)
                && destinations.values().stream().noneMatch(state -> state.endsWith("AWAY"));
    }

    /** Returns what prevents sending, or that nothing does. */
    public String state() {
        if (storeFailure != null) {
            return "The store fails: " + storeFailure;
        }
        if (parked != null && parked > 0) {
            return "The broker refuses " + parked + " triggers, which are parked.";
        }
        return isWell()
                ? "Kafka receives each trigger."
                : "Kafka does not answer. Triggers wait in the " + strategy + ".";
    }

    /** Returns the age of the oldest waiting trigger. */
    public String oldest() {
        return oldestAge == null || oldestAge.isZero() ? "–" : Ages.of(oldestAge);
    }
}
