package io.triggerquery.consumer.internal.listener;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanExpressionException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.expression.spel.SpelEvaluationException;

/**
 * Resolves placeholders and expressions in the attributes of one annotation. An attribute overrides the setting of the
 * same meaning: this is the only place that decides so.
 */
final class Attributes {

    private final ConfigurableBeanFactory beans;
    private final AnnotatedListener listener;
    private final BeanExpressionContext context;

    Attributes(ConfigurableBeanFactory beans, AnnotatedListener listener) {
        this.beans = beans;
        this.listener = listener;
        this.context = new BeanExpressionContext(beans, new ListenerScope(listener.bean()));
    }

    /** Returns the attribute's text, or the setting if the attribute is empty. */
    @Nullable
    String text(String attribute, String value, @Nullable String setting) {
        Object resolved = evaluate(attribute, value);
        if (resolved instanceof Collection || resolved instanceof Object[]) {
            throw invalid(attribute, value, "a single value");
        }
        String text = resolved == null ? "" : resolved.toString().strip();
        return text.isEmpty() ? setting : text;
    }

    /** Returns the attribute's text, which may be empty. */
    String text(String attribute, String value) {
        String text = text(attribute, value, null);
        return text == null ? "" : text;
    }

    /** Returns the attribute's number, or the setting if the attribute is empty. */
    int number(String attribute, String value, int max, int setting) {
        String text = text(attribute, value, null);
        if (text == null) {
            return setting;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // reported below
        }
        throw invalid(attribute, text, "a number from 1 to " + max);
    }

    /** Returns the attribute's truth, or the setting if the attribute is empty. */
    @Nullable
    Boolean flag(String attribute, String value, @Nullable Boolean setting) {
        String text = text(attribute, value, null);
        if (text == null) {
            return setting;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw invalid(attribute, text, "true or false");
    }

    /** Returns all values of an attribute; an expression may return several. */
    List<String> texts(String attribute, String[] values) {
        List<String> texts = new ArrayList<>();
        for (String value : values) {
            Object resolved = evaluate(attribute, value);
            Collection<?> all = resolved instanceof Collection<?> several
                    ? several
                    : resolved instanceof Object[] array ? Arrays.asList(array) : Arrays.asList(resolved);
            all.forEach(one -> texts.add(one == null ? "" : one.toString().strip()));
        }
        return texts;
    }

    private @Nullable Object evaluate(String attribute, String value) {
        String text = withoutPlaceholders(attribute, value);
        BeanExpressionResolver resolver = beans.getBeanExpressionResolver();
        try {
            return resolver == null ? text : resolver.evaluate(text, context);
        } catch (BeanExpressionException invalid) {
            // the message of others may repeat the text, with the values of its placeholders
            throw failure(
                    attribute,
                    value,
                    invalid.getCause() instanceof SpelEvaluationException evaluation
                            ? evaluation.getSimpleMessage()
                            : "it is no valid expression");
        } catch (BeansException failed) {
            throw failure(attribute, value, "a bean that it names cannot be created");
        }
    }

    private @Nullable String withoutPlaceholders(String attribute, String value) {
        String text;
        try {
            text = beans.resolveEmbeddedValue(value);
        } catch (IllegalArgumentException unresolved) {
            text = value;
        }
        if (text != null && text.contains("${")) {
            throw failure(attribute, value, "it has a placeholder without a value");
        }
        return text;
    }

    private FailureAnalyzedException failure(String attribute, String value, String reason) {
        return new FailureAnalyzedException(
                "The attribute " + attribute + " = \"" + value + "\" of the trigger listener " + listener.name()
                        + " cannot be resolved: " + reason + ".",
                "Correct it in @TriggerQueryListener, or define what it refers to.");
    }

    private FailureAnalyzedException invalid(String attribute, String value, String allowed) {
        return new FailureAnalyzedException(
                "The trigger listener " + listener.name() + " has the " + attribute + " '" + value + "'.",
                "Set " + attribute + " of @TriggerQueryListener to " + allowed + ", or remove it to use the setting.");
    }
}
