package io.triggerquery.demo.launcher;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, handing each the demo it works on. */
final class CommandFactory implements IFactory {

    private final Demo demo;
    private final IFactory rest = CommandLine.defaultFactory();

    CommandFactory(Demo demo) {
        this.demo = demo;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        boolean wantsDemo = Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(constructor -> Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Demo.class}));
        if (!wantsDemo) {
            return rest.create(type);
        }
        Constructor<K> constructor = type.getDeclaredConstructor(Demo.class);
        return constructor.newInstance(demo);
    }
}
