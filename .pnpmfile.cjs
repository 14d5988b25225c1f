/** The packages name x64 too, because they are made there by cross-compilation; no x64 machine can load what they hold. */
const loadableOn = { "@node-llama-cpp/linux-arm64": "arm64", "@node-llama-cpp/linux-armv7l": "arm" };

module.exports = {
  hooks: {
    readPackage(manifest) {
      const cpu = loadableOn[manifest.name];
      if (cpu !== undefined) manifest.cpu = [cpu];
      return manifest;
    },
  },
};
