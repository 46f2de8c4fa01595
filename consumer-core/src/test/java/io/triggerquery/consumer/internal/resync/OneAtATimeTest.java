package io.triggerquery.consumer.internal.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.TriggerIdRule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results of the application's beans are validated before they are compared. */
class OneAtATimeTest {

    private static ProjectedVersions returning(Map<String, Long> versions) {
        return OneAtATime.of(ProjectedVersions.of("things", ids -> versions));
    }

    private record Ids(Collection<Entry> entries) implements ProjectedIds {

        @Override
        public String listener() {
            return "things";
        }

        @Override
        public Page page(String cursor) {
            return new Page(List.of(), null);
        }

        @Override
        public Collection<Entry> entries(Collection<String> ids) {
            return entries;
        }
    }

    @Test
    void versionsOfAdditionalIdsAreNoError() throws Exception {
        assertThat(returning(Map.of("a", 1L, "A", 2L)).versions(List.of("a", "c")))
                .containsEntry("a", 1L);
        assertThat(OneAtATime.of(new Ids(List.of(Entry.of("a", 1), Entry.of("b", 2))))
                        .versions(List.of("a")))
                .containsEntry("a", 1L);
    }

    /** For example, padded by a column of type char, or in another case by a case-insensitive column. */
    @Test
    void idReturnedInAnotherFormIsNamed() {
        for (String other : List.of("a  ", "A")) {
            String named = TriggerIdRule.escaped(other) + " for a";
            assertThatThrownBy(() -> returning(Map.of(other, 1L)).versions(List.of("b", "a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("things")
                    .hasMessageContaining(named);
            ProjectedIds ids = (ProjectedIds) OneAtATime.of(new Ids(List.of(Entry.of(other, 1))));
            assertThatThrownBy(() -> ids.entries(List.of("a"))).hasMessageContaining(named);
            assertThatThrownBy(() -> ids.versions(List.of("a"))).hasMessageContaining(named);
        }
    }

    @Test
    void nullIsNamed() {
        Map<String, Long> withNull = new HashMap<>();
        withNull.put("a", null);
        assertThatThrownBy(() -> returning(withNull).versions(List.of("a"))).hasMessageContaining("null");
        assertThatThrownBy(() -> returning(null).versions(List.of("a"))).hasMessageContaining("null");
        ProjectedIds ids = (ProjectedIds) OneAtATime.of(new Ids(null));
        assertThatThrownBy(() -> ids.entries(List.of("a"))).hasMessageContaining("null");
    }
}
