package io.triggerquery.documentation.example.consumer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stands for a store without JDBC: a document for each id, and writes of one document that are atomic. */
final class Documents {

    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    /** What is kept of an id: a tombstone has no billing. */
    record Document(long version, @Nullable Billing billing) {

        boolean isDeleted() {
            return billing == null;
        }
    }

    /** Thrown if the store does not answer. */
    static final class StoreUnavailableException extends RuntimeException {}

    /** Puts a document if there is none yet, or if the one that is kept fulfils a condition. */
    boolean putIf(String id, Predicate<Document> condition, Document document) {
        return documents.merge(id, document, (kept, proposed) -> condition.test(kept) ? proposed : kept) == document;
    }

    /** Changes a document, or the one that stands for none yet. */
    void update(String id, Document none, UnaryOperator<Document> change) {
        documents.compute(id, (key, kept) -> change.apply(kept == null ? none : kept));
    }

    Optional<Document> find(String id) {
        return Optional.ofNullable(documents.get(id));
    }
}
