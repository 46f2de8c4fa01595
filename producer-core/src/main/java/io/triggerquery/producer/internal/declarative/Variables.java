package io.triggerquery.producer.internal.declarative;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/** Checks the variables of an expression, because a misspelt one would evaluate to null. */
final class Variables {

    private Variables() {}

    /** Returns a sentence on the first variable that the method does not have; empty if it has all of them. */
    static Optional<String> unknown(Expression expression, Method method) {
        Set<String> known = known(method);
        return used(((SpelExpression) expression).getAST()).stream()
                .filter(variable -> !variable.equals("#this"))
                // Spring's alias
                .filter(variable -> !known.contains(variable.replaceFirst("^#a(?=\\d+$)", "#p")))
                .findFirst()
                .map(variable ->
                        "uses the unknown variable " + variable + "; the method has " + String.join(", ", known));
    }

    private static Set<String> known(Method method) {
        Set<String> known = new LinkedHashSet<>();
        String[] names = Publication.NAMES.getParameterNames(method);
        for (int n = 0; n < method.getParameterCount(); n++) {
            if (names != null) {
                known.add("#" + names[n]);
            }
            known.add("#p" + n);
        }
        if (method.getReturnType() != void.class) {
            known.add("#" + Publication.RESULT);
        }
        return known;
    }

    private static Set<String> used(SpelNode node) {
        Set<String> used = new LinkedHashSet<>();
        if (node instanceof VariableReference) {
            used.add(node.toStringAST());
        }
        for (int n = 0; n < node.getChildCount(); n++) {
            used.addAll(used(node.getChild(n)));
        }
        return used;
    }
}
