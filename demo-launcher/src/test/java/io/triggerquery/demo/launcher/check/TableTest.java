package io.triggerquery.demo.launcher.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void putsNumbersToTheRightAndWordsToTheLeft() {
        Table table = new Table("part", "process", "state")
                .row("broker", "7", "ready")
                .row("db", "1234", "n/a yet");
        assertThat(table).hasToString("""
                part    process  state
                broker        7  ready
                db         1234  n/a yet
                """);
    }

    @Test
    void refusesARowOfAnotherWidth() {
        Table table = new Table("one", "two");
        assertThatThrownBy(() -> table.row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells under 2 headings");
    }
}
