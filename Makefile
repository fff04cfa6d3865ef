# Shortcuts for the common tasks; the build itself is done by CMake (CMakeLists.txt, CMakePresets.json).
#
#   make          install what is missing and build build/release/potline
#   make release  the same, and build the tests
#   make demo     as `make`, then plan the bundled case in monthly steps, and hour by hour with a gas plant at Slatina
#   make check    as `make release`, then run all tests, without and with the sanitizers
#   make install  install to PREFIX (default /usr/local), under DESTDIR if set
#   make clean    remove build/

PREFIX  ?= /usr/local
DESTDIR ?=
JOBS     = $(shell nproc)

# Which HiGHS to link: the pinned one if both are empty (tools/get-highs.sh).
HIGHS = -DPOTLINE_HIGHS="$(POTLINE_HIGHS)" -DPOTLINE_HIGHS_SRC="$(POTLINE_HIGHS_SRC)"

# sudo make install: only the last step runs as root; the build stays the user's, with the user's HiGHS.
ifneq ($(SUDO_USER),)
AS_USER = sudo -H -u "$(SUDO_USER)" $(if $(XDG_CACHE_HOME),XDG_CACHE_HOME="$(XDG_CACHE_HOME)")
endif

.DEFAULT_GOAL := all
.PHONY: all setup release asan demo check install clean

setup:
	@tools/setup.sh $(if $(filter check,$(MAKECMDGOALS)),check)

# The program, its library and its manual page.
all: setup
	@cmake --preset release $(HIGHS) > build/release.configure.log 2>&1 || { cat build/release.configure.log; exit 1; }
	cmake --build build/release --target shipped

release asan: setup
	@cmake --preset $@ $(HIGHS) > build/$@.configure.log 2>&1 || { cat build/$@.configure.log; exit 1; }
	cmake --build build/$@

demo: all
	build/release/potline plan cases/alro-azeraluminium --out build/demo.run
	build/release/potline plan cases/alro-azeraluminium --scenario plant-850 --quiet --out build/demo-hours.run
	build/release/potline explain build/demo-hours.run --unit slatina-gas-plant

check: release asan
	ctest --preset release --parallel $(JOBS)
	ctest --preset asan --parallel $(JOBS)

# An existing build is installed with the HiGHS that it was built with; readable by all users, whatever the umask.
install: $(if $(wildcard build/release/build.ninja),,all)
	$(AS_USER) cmake -DCMAKE_INSTALL_PREFIX="$(PREFIX)" build/release
	$(AS_USER) cmake --build build/release --target shipped
	umask 022 && DESTDIR="$(DESTDIR)" cmake --install build/release

clean:
	rm -rf build
