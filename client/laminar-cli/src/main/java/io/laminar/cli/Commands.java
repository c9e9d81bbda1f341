package io.laminar.cli;

import picocli.CommandLine;

/** Makes subcommands, all of which are told the terminal. */
record Commands(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> kind) throws Exception {
        for (var constructor : kind.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Terminal.class) {
                constructor.setAccessible(true);
                return kind.cast(constructor.newInstance(terminal));
            }
        }
        return CommandLine.defaultFactory().create(kind);
    }
}
