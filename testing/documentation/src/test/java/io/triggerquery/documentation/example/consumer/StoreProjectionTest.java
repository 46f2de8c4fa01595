package io.triggerquery.documentation.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.consumer.Documents.Document;
import io.triggerquery.documentation.example.consumer.Documents.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreProjectionTest {

    private final Documents documents = new Documents();
    private final StoreProjection projection = new StoreProjection(documents);
    private final StoreProjection.Beans beans = new StoreProjection.Beans();

    private static Billing billing(long version) {
        return new Billing("p1", true, "bill-" + version, version);
    }

    private void found(long version) {
        projection.project(Snapshot.found("p1", billing(version), version));
    }

    private void assertKept(long version) {
        assertThat(documents.find("p1")).contains(new Document(version, billing(version)));
    }

    @Test
    void triggerIsQueriedAndProjected() {
        TriggerQueryKit kit = TriggerQueryKit.of(projection);
        kit.source().answers("p1", billing(1));
        kit.trigger("p1");
        kit.awaitSettled();
        assertKept(1);
    }

    @Test
    void olderStateIsNotWritten() {
        found(5);
        found(4);
        assertKept(5);
        found(5);
        assertKept(5);
    }

    @Test
    void tombstoneRefusesOlderStatesUntilNewerOne() {
        found(5);
        projection.project(Snapshot.absent("p1"));
        found(5);
        assertThat(documents.find("p1")).contains(new Document(5, null));
        found(6);
        assertKept(6);
    }

    @Test
    void newestRemainsInAnyOrderOfWrites() {
        IntStream.range(0, 1_000).parallel().forEach(version -> found(version));
        assertKept(999);
    }

    @Test
    void itsFailuresAndVersionsAreKnown() throws Exception {
        found(5);
        assertThat(beans.storedVersions(documents).versions(List.of("p1", "p2")))
                .isEqualTo(Map.of("p1", 5L));
        assertThat(beans.storeFailures().kindOf(new StoreUnavailableException()))
                .contains(FailureKind.UNAVAILABLE);
        assertThat(beans.storeFailures().kindOf(new IllegalStateException())).isEmpty();
    }
}
