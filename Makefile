# The front door. CMake (CMakeLists.txt, CMakePresets.json) does the work.
#
#   make          set up what is missing and build build/release/potline
#   make demo     the same, then plan the bundled case by the month, and by the hour with a gas plant at Slatina
#   make check    the same, then every test, plain and under the sanitizers
#   make install  as usual: PREFIX (default /usr/local), DESTDIR
#   make clean    remove build/

PREFIX  ?= /usr/local
DESTDIR ?=

# sudo make install: use the HiGHS of the user who built, not another one of root's.
ifneq ($(SUDO_USER),)
export XDG_CACHE_HOME ?= $(shell getent passwd "$(SUDO_USER)" | cut -d: -f6)/.cache
endif

.PHONY: all setup release asan demo check install clean

all: release

setup:
	@tools/setup.sh

release asan: setup
	@cmake --preset $@ > build/$@.configure.log 2>&1 || { cat build/$@.configure.log; exit 1; }
	cmake --build build/$@

demo: release
	build/release/potline plan cases/alro-azeraluminium --out build/demo.run
	build/release/potline plan cases/alro-azeraluminium --scenario plant-850 --quiet --out build/demo-hours.run
	build/release/potline explain build/demo-hours.run --unit slatina-gas-plant

check: release asan
	ctest --preset release
	ctest --preset asan

install: release
	cmake -DCMAKE_INSTALL_PREFIX="$(PREFIX)" build/release
	cmake --build build/release
	DESTDIR="$(DESTDIR)" cmake --install build/release

clean:
	rm -rf build
