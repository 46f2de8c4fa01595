package io.triggerquery.documentation.example.fresh;

import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.FreshnessResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads a projection that has to have what the caller has just changed. */
final class PaymentReader {

    static final String LISTENER = "billing.billing-changed";

    private final Freshness freshness;
    private final Map<String, String> payments;

    PaymentReader(Freshness freshness, Map<String, String> payments) {
        this.freshness = freshness;
        this.payments = payments;
    }

    String find(String id, long version) throws InterruptedException {
        FreshnessResult result = freshness.await(LISTENER, id, version, Duration.ofSeconds(2));
        if (result instanceof FreshnessResult.Fresh) {
            return payments.get(id);
        }
        if (result instanceof FreshnessResult.Refused refused) {
            throw new NotYetException(refused.reason() + ", " + refused.known());
        }
        throw new NotYetException("too late: " + ((FreshnessResult.TimedOut) result).known());
    }

    CompletableFuture<String> findLater(String id) {
        return freshness
                .awaitAsync(LISTENER, id, Duration.ofSeconds(2))
                .thenApply(result -> result.isFresh() ? payments.get(id) : "not yet");
    }

    /** The projection does not have the change yet. */
    static final class NotYetException extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotYetException(String message) {
            super(message);
        }
    }
}
