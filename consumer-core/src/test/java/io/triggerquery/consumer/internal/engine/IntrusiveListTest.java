package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list in insertion order whose elements can be removed anywhere. */
class IntrusiveListTest {

    private final IntrusiveList<Person> chain = new IntrusiveList<>();
    private final Person anna = new Person("anna");
    private final Person bert = new Person("bert");
    private final Person carl = new Person("carl");

    private static final class Person extends IntrusiveList.Link<Person> {

        private final String name;

        private Person(String name) {
            this.name = name;
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Person each = chain.first(); each != null; each = each.after()) {
            names.add(each.name);
        }
        assertThat(chain.size()).isEqualTo(names.size());
        assertThat(chain.isEmpty()).isEqualTo(names.isEmpty());
        return names;
    }

    private void addAll() {
        chain.add(anna);
        chain.add(bert);
        chain.add(carl);
    }

    @Test
    void keepsInsertionOrder() {
        assertThat(names()).isEmpty();
        addAll();
        assertThat(names()).containsExactly("anna", "bert", "carl");
        assertThat(chain.removeFirst()).isSameAs(anna);
        assertThat(names()).containsExactly("bert", "carl");
    }

    @Test
    void removedElementCanBeAddedAgainAtTheEnd() {
        addAll();
        chain.remove(bert);
        assertThat(names()).containsExactly("anna", "carl");
        chain.add(bert);
        assertThat(names()).containsExactly("anna", "carl", "bert");
        chain.remove(bert);
        chain.remove(anna);
        assertThat(names()).containsExactly("carl");
        chain.add(anna);
        assertThat(names()).containsExactly("carl", "anna");
    }

    @Test
    void elementCanBeAddedFirst() {
        chain.addFirst(carl);
        chain.addFirst(bert);
        assertThat(chain.last()).isSameAs(carl);
        chain.add(anna);
        assertThat(names()).containsExactly("bert", "carl", "anna");
        assertThat(chain.last()).isSameAs(anna);
        chain.remove(bert);
        chain.addFirst(bert);
        assertThat(names()).containsExactly("bert", "carl", "anna");
    }

    @Test
    void listIsReusableWhenEmpty() {
        addAll();
        chain.remove(carl);
        chain.remove(anna);
        chain.remove(bert);
        assertThat(names()).isEmpty();
        addAll();
        assertThat(names()).containsExactly("anna", "bert", "carl");
    }
}
