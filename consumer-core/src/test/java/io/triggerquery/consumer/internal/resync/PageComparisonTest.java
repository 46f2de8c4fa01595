package io.triggerquery.consumer.internal.resync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.id.IdRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invalid pages of a resync source are rejected. */
class PageComparisonTest {

    private record Always(String next) implements ResyncSource {

        @Override
        public String listener() {
            return "things";
        }

        @Override
        public Page page(String cursor) {
            return new Page(List.of(), next);
        }
    }

    @Test
    void cursorThatDoesNotAdvance() {
        assertThatThrownBy(() -> new PageComparison(new Always("a"), null, IdRule.DEFAULT).part("a", false))
                .hasMessageContaining("the same cursor for the next page");
    }

    @Test
    void tooLongCursor() {
        assertThatThrownBy(
                        () -> new PageComparison(new Always("a".repeat(1_001)), null, IdRule.DEFAULT).part(null, false))
                .hasMessageContaining("a cursor of more than 1000 characters");
    }

    @Test
    void negativeVersion() {
        assertThatThrownBy(() -> ResyncSource.Entry.of("a", -1)).hasMessageContaining("is -1; it is 0 or more");
    }
}
